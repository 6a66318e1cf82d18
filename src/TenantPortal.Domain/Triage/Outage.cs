using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Triage;

/// <summary>A system of the client that the report is about, whether it is down or slow, whether that is one person's trouble, and whether words say it or only the answers.</summary>
internal sealed record Outage(NamedSystem System, bool Confirmed, int FirstWord, bool IsDown, bool IsSlow, bool IsPersonal, bool IsSaid, string Said)
{
    /// <summary>The systems the report is about, the confirmed one first, then in the order of the text. A request about a system (a training video), a system that is well, or one that is named in passing is left out.</summary>
    public static IReadOnlyList<Outage> Find(Report report, TriageReading reading, CompiledRules rules)
    {
        var signs = reading.Signs;
        var found = new List<Outage>();
        var confirmed = rules.System(report.AffectedSystem);
        if (confirmed is not null && Confirm(confirmed, report, reading, signs) is { } sure) found.Add(sure);
        foreach (var subject in signs.Subjects)
        {
            if (subject.System is not { } system || system.Id == confirmed?.Id || found.Exists(o => o.System.Id == system.Id) || signs.IsWell(system)) continue;
            found.Add(Read(system, subject, report, reading, signs));
        }
        return found;
    }

    /// <summary>Whether what is said holds at the breadth of a clause: one person who cannot use a thing is not yet the thing's outage.</summary>
    public bool Holds(Breadth breadth, Report report, TriageReading reading)
    {
        if (report.Impact > Impact.One || (IsSaid && reading.SaysMany)) return true;
        return breadth switch
        {
            Breadth.One => !IsPersonal || reading.SaysUs,
            Breadth.Several => report.Impact is null && (!IsPersonal || reading.SaysUs),
        };
    }

    private static Outage Read(NamedSystem system, Subject subject, Report report, TriageReading reading, OutageSigns signs)
    {
        var trouble = signs.TroubleOf(system);
        if (trouble.Count > 0) return Of(system, false, subject, trouble, reading);
        // the title names nothing else, and the person said that work cannot go on
        var isTitle = reading.Sentence(subject.First) == 0 && signs.Subjects.TrueForAll(s => s.System?.Id == system.Id || reading.Sentence(s.First) > 0) && signs.Trouble.Count == 0;
        return isTitle ? Stated(system, false, subject.First, report, reading, reading.Said(subject.First, subject.Last)) : new(system, false, subject.First, false, false, false, false, reading.Said(subject.First, subject.Last));
    }

    private static Outage? Confirm(NamedSystem system, Report report, TriageReading reading, OutageSigns signs)
    {
        var isNamed = reading.Mentions.Exists(m => m.Value.Id == system.Id);
        var subject = signs.Subjects.Find(s => s.System?.Id == system.Id);
        if (signs.IsWell(system) || (isNamed ? subject is null : reading.Of(WordKind.Mild).Any() && !reading.Of(WordKind.Urgent).Any())) return null;
        var trouble = signs.TroubleOf(system);
        if (trouble.Count == 0) trouble = [.. signs.Trouble.Where(t => t is { Of: null, IsOfItem: false })];
        if (trouble.Count > 0) return Of(system, true, subject, trouble, reading);
        // what fails is said of something else
        if (signs.Trouble.Count > 0) return new(system, true, 0, false, false, false, false, system.Name);
        return Stated(system, true, subject?.First ?? 0, report, reading, system.Name);
    }

    private static Outage Of(NamedSystem system, bool confirmed, Subject? subject, List<OutageSign> trouble, TriageReading reading)
    {
        // one sentence about the thing itself is enough
        List<OutageSign> said = trouble.Exists(t => !t.IsPersonal) ? trouble.FindAll(t => !t.IsPersonal) : trouble;
        var first = said[0];
        var place = first.Of?.System is null ? null : first.Of;
        var words = place is null ? $"{system.Name}: {reading.Said(first.First, first.Last)}" : reading.Said(Math.Min(place.First, first.First), Math.Max(place.Last, first.Last));
        return new(system, confirmed, subject?.First ?? 0, said.Exists(t => t.Kind is not WordKind.Slow), said.Exists(t => t.Kind is WordKind.Slow), first.IsPersonal || reading.SaysOnlyOne, true, words);
    }

    private static Outage Stated(NamedSystem system, bool confirmed, int first, Report report, TriageReading reading, string said) =>
        new(system, confirmed, first, report.Urgency == Urgency.Stopped, report.Urgency == Urgency.Slowed, reading.Of(WordKind.Person).Any(), false, said);
}
