using System.Globalization;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Sla;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>A clock's account in words, by the wall clock of the client: to the minute, so that the minutes add up.</summary>
public sealed class ClockSaid(TimeZoneInfo zone, DateTimeOffset openedAt, DateTimeOffset? resolvedAt, DateTimeOffset now)
{
    // on both sides of a clock change, 01:30 alone would be two moments
    private readonly bool changes = zone.GetUtcOffset(openedAt) != zone.GetUtcOffset(resolvedAt ?? now);

    public string At(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var day = local.ToString(local.Year == TimeZoneInfo.ConvertTime(now, zone).Year ? "ddd d MMM HH:mm" : "ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
        return changes ? $"{day} {local.ToString("zzz", CultureInfo.InvariantCulture)}" : day;
    }

    public static string Minute(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>Between the two minutes that are shown.</summary>
    public static string Between(DateTimeOffset from, DateTimeOffset to) => Length(TimeSpan.FromMinutes(to.UtcTicks / TimeSpan.TicksPerMinute - from.UtcTicks / TimeSpan.TicksPerMinute));

    public static string Length(TimeSpan time) => ((int)time.TotalHours, time.Minutes) switch
    {
        (0, var minutes) => $"{minutes} min",
        (var hours, 0) => $"{hours} h",
        var (hours, minutes) => $"{hours} h {minutes} min",
    };

    public static string Name(TargetKind kind) => kind switch
    {
        TargetKind.Response => "First reply",
        TargetKind.NextResponse => "Next reply",
        TargetKind.Resolution => "Resolution",
    };

    /// <summary>What is promised, by whom, and between which moments it is measured.</summary>
    public static string Promise(ExplainedTarget target) => $"{Length(TimeSpan.FromMinutes(target.Promised.Minutes))}, {target.SetBy}. {Measured(target.Promised)} {target.Hours}";

    public string State(ClockExplanation round)
    {
        var (reading, from) = (round.Reading, At(round.Reading.StartedAt!.Value));
        var used = $"{Length(reading.ElapsedOpen)} of {Length(reading.Target.Allowance)} used";
        return reading.State switch
        {
            ClockState.NotRunning => $"Asked for from {from} until {At(reading.EndedAt!.Value)}, then no longer: {used}.",
            ClockState.Running when reading.NeverOpens => $"Runs from {from}, but its hours stay closed for two years: it never falls due. The hours of the contract need mending.",
            ClockState.Running => $"Runs from {from}: {used}, due {At(reading.DueAt!.Value)}.",
            ClockState.Paused => $"Paused: {used}, {Length(reading.Remaining)} left when it goes on.",
            ClockState.Met => $"Kept: from {from} to {At(reading.EndedAt!.Value)}, {used}.",
            ClockState.MetLate => $"Late by {Length(round.Overrun)}: due {At(reading.DueAt!.Value)}, done {At(reading.EndedAt!.Value)}, {used}.",
            ClockState.Breached when reading.EndedAt is { } ended => $"Missed: due {At(reading.DueAt!.Value)}, no longer asked for from {At(ended)}, {used}.",
            ClockState.Breached => $"Late by {Length(round.Overrun)} and still running: due {At(reading.DueAt!.Value)}, {used}.",
        };
    }

    public static string Label(ExplainedSpan span) => (span.Kind, span.Reason) switch
    {
        (StretchKind.Closed, _) => "Outside the hours that count",
        (StretchKind.Paused, { } reason) => $"Paused, {Why(reason)}{(span.By is { } by ? $", by {by}" : "")}",
        _ when span.IsLate => "Running, late",
        _ => "Running",
    };

    public static string NotStarted(PromisedTarget promised) => promised.Kind == TargetKind.NextResponse ? "Nobody waits for a next answer." : "Has not started: it starts when the guide has not helped.";

    private static string Why(PauseReason reason) => reason switch
    {
        PauseReason.WaitingForContact => "waiting for the contact",
        PauseReason.WaitingForVendor => "waiting for a vendor",
        PauseReason.WaitingForApproval => "waiting for an approval",
        PauseReason.Scheduled => "planned for a later time",
        PauseReason.Resolved => "resolved until it was opened again",
    };

    private static string Measured(PromisedTarget promised) => (promised.Kind, promised.Clock) switch
    {
        (TargetKind.NextResponse, _) => "Measured from each later message of the contact to the next reply of a person; it never rests.",
        (TargetKind.Resolution, _) => "Measured from the opening to the resolution.",
        (_, ClockKind.Acknowledgement) => "Measured from the opening until somebody takes it or writes.",
        (_, ClockKind.AutomatedAttempt) => "Measured from the opening to the first guide or reply.",
        (_, ClockKind.FirstHumanReply) => "Measured from the opening to the first reply of a person; it never rests.",
        (_, ClockKind.FirstHumanReplyAfterNo) => "Measured from the moment a guide has not helped to the first reply of a person.",
    };
}
