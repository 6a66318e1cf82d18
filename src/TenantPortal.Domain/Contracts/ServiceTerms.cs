using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Contracts;

/// <summary>What a contract promises for one ticket: minutes to the first human reply and to the resolution, and who said so.</summary>
public sealed record Promise(int FirstReplyMinutes, int ResolutionMinutes, bool Always, string SetBy);

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

    private readonly string name;
    private readonly IReadOnlyList<PriorityTarget> targets;
    private readonly IReadOnlyList<Clause> clauses;

    public ServiceTerms(Contract? contract, IReadOnlyList<Clause> clauses, string timeZone)
    {
        this.clauses = clauses;
        name = contract?.Name ?? "Usual times, without a contract";
        targets = contract?.Targets ?? [.. UsualTargets];
        Calendar = Read(contract?.Hours, timeZone);
    }

    public BusinessCalendar Calendar { get; }

    /// <summary>The clause's own times where a clause decided, else those of the priority.</summary>
    public Promise For(Priority priority, ClauseQuote? clause)
    {
        if (clauses.FirstOrDefault(c => c.Id == clause?.ClauseId) is { } own && own.Priority == priority)
            return new(own.FirstReplyMinutes, own.ResolutionMinutes, own.Calendar == CalendarChoice.Always, $"Clause “{own.Title}”");
        var target = targets.FirstOrDefault(t => t.Priority == priority) ?? UsualTargets[(int)priority - 1];
        return new(target.FirstReplyMinutes, target.ResolutionMinutes, target.Calendar == CalendarChoice.Always, $"{name}, {priority}");
    }

    public BusinessCalendar CalendarOf(TicketTarget target) => target.Always ? BusinessCalendar.Always : Calendar;

    private static BusinessCalendar Read(OpenHours? hours, string timeZone)
    {
        if (hours is not null && BusinessCalendar.TryParse(hours.TimeZone, hours.Weekly, hours.Holidays, out var calendar, out _)) return calendar;
        return BusinessCalendar.TryParse(timeZone, UsualWeek, [], out var usual, out _) ? usual : BusinessCalendar.Always;
    }
}
