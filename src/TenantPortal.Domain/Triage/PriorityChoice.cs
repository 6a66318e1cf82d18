using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Triage;

/// <summary>The priority of a report: a contract clause beats the matrix, the matrix beats the default; words alone never set one.</summary>
internal sealed record PriorityChoice(Priority Priority, ClauseQuote? Clause, string? System, IReadOnlyList<VerdictReason> Reasons)
{
    public const Priority Default = Priority.P3;

    public static PriorityChoice Of(Report report, TriageReading reading, IReadOnlyList<Outage> outages, string category, CompiledRules rules, RecentHistory history)
    {
        var system = outages.Count > 0 ? outages[0].System.Name : rules.System(report.AffectedSystem)?.Name ?? report.AffectedSystem;
        var fitting = outages.SelectMany(o => rules.Clauses.Where(c => Speaks(c, o, report)).Select(c => (Clause: c, Outage: o))).ToList();
        var holding = fitting.Where(f => f.Outage.Holds(f.Clause.Breadth, report, reading)).OrderByDescending(f => f.Outage.Confirmed).ThenBy(f => f.Clause.Priority).ThenBy(f => f.Outage.FirstWord).ToList();
        if (holding.Count > 0) return ByClause(holding[0].Clause, holding[0].Outage, rules);

        var reasons = new List<VerdictReason>(3);
        var priority = ByMatrix(report, rules, reasons) ?? ByDefault(report, outages, reasons);
        // "something else" is no system that somebody else could have called about
        priority = Repeated(priority, category, outages.Count > 0 ? system : rules.System(report.AffectedSystem)?.Name, history, reasons);
        if (fitting.Count > 0) reasons.Add(new("clause", "breadth", $"“{fitting[0].Outage.Said}” is said of one person, so the clause “{fitting[0].Clause.Title}” does not speak yet; it does as soon as several are affected."));
        return new(priority, null, system, reasons);
    }

    private static bool Speaks(Clause clause, Outage outage, Report report) =>
        clause.System == outage.System.Name
        && (clause.Sites.Count == 0 || report.SiteId is not { } site || clause.Sites.Contains(site))
        && ((outage.IsDown && clause.When.Contains("down")) || (outage.IsSlow && clause.When.Contains("slow")));

    private static PriorityChoice ByClause(Clause clause, Outage outage, CompiledRules rules)
    {
        var quote = new ClauseQuote(clause.Id, clause.Version, clause.Title, clause.Quote, clause.Page, clause.Path);
        var page = clause.Page is null ? "" : $", page {clause.Page}";
        var called = rules.Callee(clause.Path) is { } callee ? $" It names {callee}." : "";
        return new(clause.Priority, quote, outage.System.Name,
            [new("priority", "clause", $"“{outage.Said}” is about {outage.System.Name}, so the clause “{clause.Title}”{page} makes it {clause.Priority}: “{clause.Quote}”{called}")]);
    }

    private static Priority? ByMatrix(Report report, CompiledRules rules, List<VerdictReason> reasons)
    {
        if (report.Impact is not { } impact || report.Urgency is not { } urgency) return null;
        if (rules.Rules.Matrix.FirstOrDefault(c => c.Impact == impact && c.Urgency == urgency) is not { } cell) return null;
        reasons.Add(new("priority", "matrix", $"{Said(impact)} and {Said(urgency)}: the matrix of {rules.Rules.MatrixVersion} gives {cell.Priority}."));
        return cell.Priority;
    }

    private static Priority ByDefault(Report report, IReadOnlyList<Outage> outages, List<VerdictReason> reasons)
    {
        var missing = (report.Impact, report.Urgency) switch
        {
            (null, null) => "Nobody has said yet who is affected and whether work can go on",
            (null, _) => "Nobody has said yet who is affected",
            (_, null) => "Nobody has said yet whether work can go on",
            _ => "The matrix has no answer for this",
        };
        if (outages.FirstOrDefault(o => o.System.IsCritical && !o.IsPersonal && (o.IsDown || o.IsSlow)) is not { } critical)
        {
            reasons.Add(new("priority", "default", $"{missing}, so it starts as {Default}."));
            return Default;
        }
        reasons.Add(new("priority", "system", $"{missing}, but “{critical.Said}” is about {critical.System.Name}, which this client cannot do without: P2."));
        return Priority.P2;
    }

    private static Priority Repeated(Priority priority, string category, string? system, RecentHistory history, List<VerdictReason> reasons)
    {
        var earlier = history.About(category, system);
        if (earlier.Count == 0) return priority;
        var people = earlier.All(t => t.SamePerson) ? "The same person" : earlier.Any(t => t.SamePerson) ? "This person or site" : "This site";
        var times = earlier.Count switch { 1 => "once", 2 => "twice", >= RecentHistory.Most => $"{RecentHistory.Most} times or more", var n => $"{n} times" };
        var when = earlier.All(t => t.DaysAgo < 7) ? "this week" : $"in the last {RecentHistory.Days} days";
        var raises = earlier.Count >= RecentHistory.Repeats && priority == Priority.P3;
        var numbers = string.Join(", ", earlier.Take(4).Select(t => t.Number));
        reasons.Add(new("priority", "history", $"{people} called {times} {when} about the same (number {numbers}){(raises ? ", so it rises from P3 to P2" : "")}."));
        return raises ? Priority.P2 : priority;
    }

    private static string Said(Impact impact) => impact switch
    {
        Impact.One => "One person is affected",
        Impact.Team => "A team is affected",
        Impact.Site => "A whole site is affected",
        Impact.Company => "The whole company is affected",
    };

    private static string Said(Urgency urgency) => urgency switch
    {
        Urgency.Stopped => "work has stopped",
        Urgency.Slowed => "work is slowed down",
        Urgency.Workaround => "there is a way round it",
        Urgency.Question => "it is a question",
    };
}
