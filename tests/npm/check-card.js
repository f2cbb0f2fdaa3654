/* Read an Adaptive Card as Teams would: the card on standard input.  Prints
 * what its reader and its validation complain of, and exits 1 if anything;
 * else the texts of the card as JSON. */
const { AdaptiveCard, SerializationContext, TextBlock, Version } = require("adaptivecards/dist/adaptivecards.js");

const source = JSON.parse(require("fs").readFileSync(0, "utf8"));
const card = new AdaptiveCard();
const context = new SerializationContext(new Version(1, 4));
card.parse(source, context);
const complaints = [];
for (let i = 0; i < context.eventCount; i++)
    complaints.push(context.getEventAt(i).message);
for (const event of card.validateProperties().validationEvents)
    complaints.push(event.message);
if (complaints.length > 0) {
    console.error(complaints.join("\n"));
    process.exit(1);
}
const texts = [];
for (let i = 0; i < card.getItemCount(); i++)
    if (card.getItemAt(i) instanceof TextBlock)
        texts.push(card.getItemAt(i).text);
console.log(JSON.stringify(texts));
