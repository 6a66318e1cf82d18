using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Contracts;

/// <summary>One target of a promise.</summary>
public sealed record PromisedTarget(TargetKind Kind, ClockKind Clock, int Minutes, CalendarChoice Calendar);

/// <summary>What a contract promises for one ticket, and who said so.</summary>
public sealed record Promise(string SetBy, IReadOnlyList<PromisedTarget> Targets)
{
    /// <summary>How the sentence begins where a clause has set the times.</summary>
    public const string ClauseMark = "Clause “";

    internal static Promise Of(string setBy, int firstReply, ClockKind clock, int? nextReply, int resolution, CalendarChoice calendar)
    {
        var targets = new List<PromisedTarget> { new(TargetKind.Response, clock, firstReply, calendar) };
        if (nextReply is { } minutes) targets.Add(new(TargetKind.NextResponse, ClockKind.FirstHumanReply, minutes, calendar));
        targets.Add(new(TargetKind.Resolution, clock, resolution, calendar));
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

    public ServiceTerms(Contract? contract, IReadOnlyList<Clause> clauses, string timeZone)
    {
        this.clauses = clauses;
        name = contract?.Name ?? WithoutContract;
        targets = contract?.Targets ?? [.. UsualTargets];
        (Calendar, hoursOf) = Read(contract, timeZone);
    }

    /// <summary>The hours of the client.</summary>
    public BusinessCalendar Calendar { get; }

    /// <summary>Which hours count and who said so, in a sentence for the ticket.</summary>
    public string HoursOf(CalendarChoice choice) => choice switch
    {
        CalendarChoice.Always => "Every hour of every day counts.",
        CalendarChoice.Client => $"{hoursOf} count: {Calendar.Weekly}, {Calendar.TimeZone}{(Calendar.Holidays.Count > 0 ? ", without its holidays" : "")}.",
    };

    /// <summary>The clause's own times where a clause decided, else those of the priority.</summary>
    public Promise For(Priority priority, ClauseQuote? clause)
    {
        if (clauses.FirstOrDefault(c => c.Id == clause?.ClauseId) is { } own && own.Priority == priority)
            return Promise.Of($"{Promise.ClauseMark}{own.Title}”", own.FirstReplyMinutes, own.Clock, own.NextReplyMinutes, own.ResolutionMinutes, own.Calendar);
        var target = targets.FirstOrDefault(t => t.Priority == priority) ?? UsualTargets[(int)priority - 1];
        return Promise.Of($"{name}, {priority}", target.FirstReplyMinutes, target.Clock, target.NextReplyMinutes, target.ResolutionMinutes, target.Calendar);
    }

    public BusinessCalendar CalendarOf(CalendarChoice choice) => choice switch { CalendarChoice.Always => BusinessCalendar.Always, CalendarChoice.Client => Calendar };

    // a calendar that cannot be used is said on every ticket that runs without it
    private static (BusinessCalendar Calendar, string Of) Read(Contract? contract, string timeZone)
    {
        var problem = "";
        if (contract?.Hours is { } hours && BusinessCalendar.TryParse(hours.TimeZone, hours.Weekly, hours.Holidays, out var calendar, out problem)) return (calendar, $"The hours of “{contract.Name}”");
        var why = contract is null ? "There is no contract, so our usual hours" : $"The hours of “{contract.Name}” cannot be used ({problem}), so our usual hours";
        return BusinessCalendar.TryParse(timeZone, UsualWeek, [], out var usual, out _) ? (usual, why) : (BusinessCalendar.Always, why);
    }
}
