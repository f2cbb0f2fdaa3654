"""Several calendars: which unit follows which, and whose marked days each has.

A unit follows the calendar that names it, else its parent's, and the top of the tree the main one.  A calendar that builds on
another (`holidays:`) has its years and, below its own, its marked days.
"""
from clockwork import Calendar


class Calendars:
    def __init__(self, told, main, entered=None):
        """`told`: {name: settings of a calendar}; `entered`: by name, a Calendar that keeps only what was imported under it."""
        self.told, self.main_name = told, main
        self.entered = {name: Calendar(one.week, *self.kept(entered, name)) for name, one in told.items()}
        self.build()

    @staticmethod
    def kept(entered, name):
        return (entered[name].marks, entered[name].years) if entered and name in entered else ({}, ())

    def again(self, told, main):
        """The same imports under other settings."""
        return Calendars(told, main, self.entered)

    def enter(self, path, year, name=None):
        self.entered[name or self.main_name].enter(path, year)
        self.build()

    def chain(self, name):
        """The calendar, and those on which it builds."""
        names = [name]
        while self.told[names[-1]].holidays:
            names.append(self.told[names[-1]].holidays)
        return names

    def build(self):
        self.by_name = {}
        for name, one in self.told.items():
            chain, marks = self.chain(name), {}
            for below in reversed(chain):
                marks |= self.entered[below].marks
            self.by_name[name] = Calendar(one.week, marks, self.entered[chain[-1]].years)
        self.main = self.by_name[self.main_name]

    def name_of(self, unit, units):
        """The name of the calendar that a unit follows."""
        while unit in units:
            for name, one in self.told.items():
                if unit in one.units:
                    return name
            unit = units[unit].parent
        return self.main_name

    def lists(self):
        """Those whose years are entered by a list of their own."""
        return {name: self.by_name[name] for name, one in self.told.items() if not one.holidays}
