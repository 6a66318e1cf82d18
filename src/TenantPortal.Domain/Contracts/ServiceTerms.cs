using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Contracts;

/// <summary>One target of a promise.</summary>
/// <param name="Queue">Whose team's hours count where the calendar says so.</param>
public sealed record PromisedTarget(TargetKind Kind, ClockKind Clock, int Minutes, CalendarChoice Calendar, string Queue);

/// <summary>What a contract promises for one ticket, and who said so.</summary>
public sealed record Promise(string SetBy, IReadOnlyList<PromisedTarget> Targets)
{
    /// <summary>How the sentence begins where a clause has set the times.</summary>
    public const string ClauseMark = "Clause “";

    internal static Promise Of(string setBy, int firstReply, ClockKind clock, int? nextReply, int resolution, CalendarChoice calendar, string queue)
    {
        var targets = new List<PromisedTarget> { new(TargetKind.Response, clock, firstReply, calendar, queue) };
        if (nextReply is { } minutes) targets.Add(new(TargetKind.NextResponse, ClockKind.FirstHumanReply, minutes, calendar, queue));
        targets.Add(new(TargetKind.Resolution, clock, resolution, calendar, queue));
        return new(setBy, targets);
    }
}

/// <summary>A client's contract as clocks read it: its calendar, and the promise for each priority or clause.</summary>
public sealed class ServiceTerms
{
    // without a contract somebody still answers: working hours of the client's time zone
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> UsualWeek = new[] { "mon", "tue", "wed", "thu", "fri" }.ToDictionary(day => day, IReadOnlyList<string> (_) => ["09:00-17:30"]);
    private static readonly PriorityTarget[] UsualTargets =
    [
        new(Priority.P1, 60, 480, CalendarChoice.Always), new(Priority.P2, 120, 960, CalendarChoice.Client),
        new(Priority.P3, 480, 1440, CalendarChoice.Client), new(Priority.P4, 960, 3600, CalendarChoice.Client),
    ];

    /// <summary>How the sentence begins where no contract has set the times.</summary>
    public const string WithoutContract = "Usual times, without a contract";

    private readonly string name;
    private readonly IReadOnlyList<PriorityTarget> targets;
    private readonly IReadOnlyList<Clause> clauses;
    private readonly string hoursOf;
    private readonly Dictionary<string, BusinessCalendar> teams = new(StringComparer.Ordinal);

    /// <param name="teams">The hours of the teams that have any of their own.</param>
    public ServiceTerms(Contract? contract, IReadOnlyList<Clause> clauses, string timeZone, IReadOnlyList<TeamHours> teams)
    {
        this.clauses = clauses;
        name = contract?.Name ?? WithoutContract;
        targets = contract?.Targets ?? [.. UsualTargets];
        (Calendar, hoursOf) = Read(contract, timeZone);
        foreach (var team in teams)
            if (BusinessCalendar.TryParse(team.Hours.TimeZone, team.Hours.Weekly, team.Hours.Holidays, out var calendar, out _)) this.teams[team.Queue] = calendar;
    }

    /// <summary>The hours of the client.</summary>
    public BusinessCalendar Calendar { get; }

    /// <summary>The hours of the client, in a sentence.</summary>
    public string ClientHours => $"{hoursOf} count: {Said(Calendar)}.";

    /// <summary>Which hours count for a target and who said so, in a sentence for the ticket.</summary>
    public string HoursOf(PromisedTarget target) => target.Calendar switch
    {
        CalendarChoice.Always => "Every hour of every day counts.",
        CalendarChoice.Client => ClientHours,
        CalendarChoice.Team => teams.TryGetValue(target.Queue, out var team)
            ? $"The hours of the team {TeamHours.Name(target.Queue)} count, before those of the client: {Said(team)}."
            : $"The team {TeamHours.Name(target.Queue)} has no hours of its own. {ClientHours}",
    };

    /// <summary>The clause's own times where a clause decided, else those of the priority.</summary>
    /// <param name="queue">Where the ticket stands.</param>
    public Promise For(Priority priority, ClauseQuote? clause, string queue)
    {
        if (clauses.FirstOrDefault(c => c.Id == clause?.ClauseId) is { } own && own.Priority == priority)
            return Promise.Of($"{Promise.ClauseMark}{own.Title}”", own.FirstReplyMinutes, own.Clock, own.NextReplyMinutes, own.ResolutionMinutes, own.Calendar, queue);
        var target = targets.FirstOrDefault(t => t.Priority == priority) ?? UsualTargets[(int)priority - 1];
        return Promise.Of($"{name}, {priority}", target.FirstReplyMinutes, target.Clock, target.NextReplyMinutes, target.ResolutionMinutes, target.Calendar, queue);
    }

    /// <summary>Whether the clause should have been looked at again by now. It still sets priority and times.</summary>
    public bool IsPastReview(ClauseQuote? clause, DateTimeOffset now) => clauses.FirstOrDefault(c => c.Id == clause?.ClauseId)?.ReviewBy < DateOnly.FromDateTime(now.UtcDateTime);

    /// <summary>A team without hours of its own works in the client's.</summary>
    public BusinessCalendar CalendarOf(PromisedTarget target) => target.Calendar switch
    {
        CalendarChoice.Always => BusinessCalendar.Always,
        CalendarChoice.Client => Calendar,
        CalendarChoice.Team => teams.GetValueOrDefault(target.Queue, Calendar),
    };

    private static string Said(BusinessCalendar calendar) => $"{calendar.Weekly}, {calendar.TimeZone}{(calendar.Holidays.Count > 0 ? ", without its holidays" : "")}";

    // a calendar that cannot be used is said on every ticket that runs without it
    private static (BusinessCalendar Calendar, string Of) Read(Contract? contract, string timeZone)
    {
        var problem = "";
        if (contract?.Hours is { } hours && BusinessCalendar.TryParse(hours.TimeZone, hours.Weekly, hours.Holidays, out var calendar, out problem)) return (calendar, $"The hours of “{contract.Name}”");
        var why = contract is null ? "There is no contract, so our usual hours" : $"The hours of “{contract.Name}” cannot be used ({problem}), so our usual hours";
        return BusinessCalendar.TryParse(timeZone, UsualWeek, [], out var usual, out _) ? (usual, why) : (BusinessCalendar.Always, why);
    }
}
