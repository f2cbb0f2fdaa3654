/* Verify a request as a receiver would: node verify-webhook.js SECRET, with
 * {"headers": {...}, "body": "..."} on standard input.  Exits 1 and says why
 * when it is not good. */
const { Webhook } = require("standardwebhooks");

const request = JSON.parse(require("fs").readFileSync(0, "utf8"));
try {
    new Webhook(process.argv[2]).verify(request.body, request.headers);
} catch (problem) {
    console.error(problem.message);
    process.exit(1);
}
