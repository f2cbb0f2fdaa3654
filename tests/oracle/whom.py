"""Who is told: roles in the tree of units, and who stands in for whom cannot be told (R14)."""


class Whom:
    def __init__(self, units, people, channels, leaves=()):
        """`channels`: the column of people.csv in which each channel finds its address; `leaves`: (person, first instant, first
        instant after it, deputy or "")."""
        self.units, self.people, self.channels, self.leaves = units, people, channels, leaves

    def deputy(self, code, now):
        """None for one who is there; else who was named to stand in, "" for nobody."""
        return next((deputy for person, begin, end, deputy in self.leaves if person == code and begin <= now < end), None)

    def receiver(self, code, via, now):
        """Who is told of what is this person's: they, their deputy while they are away, that one's deputy; "" for none."""
        for _ in range(2):
            deputy = self.deputy(code, now)
            if deputy is None:
                break
            code = deputy
        return code if self.deputy(code, now) is None and self.channel(code, via) else ""

    def channel(self, code, via):
        """The first channel of the ladder that can reach this person, or None."""
        person = self.people.get(code)
        if not person or not person.active:
            return None
        return next((name for name in via if person.row.get(self.channels[name])), None)

    def bearers(self, role, unit):
        """The active bearers of a role in the unit, or in the nearest one above that has one."""
        overseer = self.units[unit].overseen_by if unit in self.units else ""
        while unit in self.units:
            found = [person.code for person in self.people.values() if person.active and person.role == role and person.unit == unit]
            if found:
                return [overseer] if role == "vice-chair" and overseer in found else found
            unit = self.units[unit].parent
        return []

    def admins(self):
        return [person.code for person in self.people.values() if person.active and person.role == "admin"]

    def instead(self, unit, via, now):
        """Who is told in place of one who cannot be: head, vice chair, chair, admins, or their deputies; the first that can."""
        for role in ("head", "vice-chair", "chair"):
            found = [self.receiver(code, via, now) for code in self.bearers(role, unit)]
            if any(found):
                return [code for code in found if code]
        return [code for code in (self.receiver(code, via, now) for code in self.admins()) if code]

    def named(self, item, rule, step, now):
        """{person: whom they stand in for, "" when named themselves or for nobody}."""
        direct, standing = {}, {}
        for teller in step.tell:
            wanted = self.wanted(teller, item)
            for code in wanted or [""]:
                receiver = self.receiver(code, rule.via, now)
                if receiver == code and code:
                    direct[code] = ""
                    continue
                for other in [receiver] if receiver else self.instead(item.unit, rule.via, now):
                    standing.setdefault(other, code)
        return standing | direct

    def wanted(self, teller, item):
        if teller == "assignee":
            return [item.assignee] if item.assignee else []
        if teller == "admin":
            return self.admins()
        if teller in ("head", "vice-chair", "chair"):
            return self.bearers(teller, item.unit)
        return [teller]

    def without_address(self, open_items, rules, matches):
        """Active people whom some rule would tell and no channel of it can reach."""
        found = set()
        for person in self.people.values():
            if not person.active:
                continue
            mine = [item for item in open_items if item.assignee == person.code]
            for rule in rules:
                concerned = person.role != "staff" or any(matches(rule, item, self.units) for item in mine)
                if concerned and not self.channel(person.code, rule.via):
                    found.add(person.code)
        return found
