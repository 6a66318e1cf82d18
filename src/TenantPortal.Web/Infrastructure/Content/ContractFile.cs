using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>Reads contract.yml: the contract, its calendar, a target for every priority, and its clauses.</summary>
internal static class ContractFile
{
    public static (ContractEntry?, List<ClauseEntry>) Read(YamlRecord record)
    {
        var hours = Hours(record);
        var targets = record.Records("targets", required: true).Select(Target).ToList();
        foreach (var priority in Enum.GetValues<Priority>().Where(p => targets.Count(t => t.Priority == p) != 1)) record.Problem("targets", $"There must be one target for {priority}.");
        var contract = record.Record("contract", required: true) is { } head && hours is not null ? Contract(head, hours, targets) : null;
        var clauses = record.Records("clauses").Select(Clause).ToList();
        foreach (var twice in clauses.GroupBy(c => c.Ref).Where(g => g.Count() > 1)) record.Problem("clauses", $"The ref “{twice.Key}” is there twice.");
        Contradictions(record, clauses);
        record.Done();
        return (contract, clauses);
    }

    private static void Contradictions(YamlRecord record, List<ClauseEntry> clauses)
    {
        var sites = clauses.SelectMany(c => c.Sites ?? []).Distinct(StringComparer.Ordinal).ToDictionary(s => s, _ => new SiteId(Guid.NewGuid()), StringComparer.Ordinal);
        var rules = clauses.ConvertAll(c => new ClauseRule
        {
            Title = c.Title, System = c.System, When = c.When, Breadth = c.Breadth, Sites = [.. (c.Sites ?? []).Select(s => sites[s])], Priority = c.Priority, FirstReplyMinutes = c.FirstReplyMinutes, ResolutionMinutes = c.ResolutionMinutes,
            NextReplyMinutes = c.NextReplyMinutes, Clock = c.Clock, Calendar = c.Calendar, Path = c.Path, Quote = c.Quote,
        });
        for (var one = 0; one < rules.Count; one++)
            if (rules.Take(one).FirstOrDefault(rules[one].Contradicts) is { } other) record.Problem("clauses", $"“{rules[one].Title}” and “{other.Title}” promise different things for the same outage. Change one of the two, so that a ticket gets one answer.");
    }

    private static ContractEntry Contract(YamlRecord r, OpenHours hours, List<PriorityTarget> targets)
    {
        var entry = new ContractEntry(ProfileFile.Ref(r), r.Text("name", 200), r.Text("tier", 60), r.Date("starts") ?? Missing(r, "starts"), r.Date("ends"), hours, targets);
        if (entry.Ends < entry.Starts) r.Problem("ends", "The contract ends before it starts.");
        r.Done();
        return entry;
    }

    private static DateOnly Missing(YamlRecord record, string key)
    {
        if (!record.Has(key)) record.Problem(key, $"“{key}” is missing.");
        return default;
    }

    private static OpenHours? Hours(YamlRecord record)
    {
        if (record.Record("calendar", required: true) is not { } calendar) return null;
        var zone = calendar.Text("time_zone", 60);
        var weekly = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (calendar.Record("weekly", required: true) is { } days)
            foreach (var day in days.Keys) weekly[day] = days.Texts(day, 20);
        var holidays = new List<DateOnly>();
        foreach (var text in calendar.Texts("holidays", 10))
        {
            if (ContentTime.Date(text) is { } date) holidays.Add(date);
            else calendar.Problem("holidays", $"“{text}” is not a date such as 2026-12-25.");
        }
        calendar.Done();
        if (zone.Length > 0 && !BusinessCalendar.TryParse(zone, weekly, holidays, out _, out var problem)) calendar.Problem("weekly", problem);
        return new(zone, weekly, holidays);
    }

    private static PriorityTarget Target(YamlRecord r)
    {
        var target = new PriorityTarget(r.Choice("priority", ContentNames.Priorities), r.Minutes("first_reply"), r.Minutes("resolution"), r.Choice("calendar", ContentNames.Calendars), r.Has("next_reply") ? r.Minutes("next_reply") : null, r.Choice("clock", ContentNames.Clocks, ClockKind.FirstHumanReply));
        r.Done();
        return target;
    }

    private static ClauseEntry Clause(YamlRecord r)
    {
        var clause = new ClauseEntry(ProfileFile.Ref(r), r.Text("title", 200), r.Text("system", 60), r.Texts("when", 10), r.Choice("breadth", ContentNames.Breadths, Breadth.One), r.AllOr("at", "any"), r.Choice("priority", ContentNames.Priorities),
            r.Minutes("first_reply"), r.Minutes("resolution"), r.Has("next_reply") ? r.Minutes("next_reply") : null, r.Choice("clock", ContentNames.Clocks, ClockKind.FirstHumanReply), r.Choice("calendar", ContentNames.Calendars), r.TextOrNull("path", 60), r.Text("quote", 2000), r.TextOrNull("page", 20), r.Date("review_by"));
        if (clause.When.Count == 0 || clause.When.Any(w => w is not ("down" or "slow"))) r.Problem("when", "“when” holds down, slow or both.");
        r.Done();
        return clause;
    }
}
