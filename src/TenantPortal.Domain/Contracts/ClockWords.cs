using System.Globalization;
using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Contracts;

public enum ClockTone { Ok, Warn, Late }

/// <summary>A clock as a page shows it: words, tone and the share of the time that is used, 0 to 1.</summary>
public sealed record ClockWords(string Words, ClockTone Tone, double Share)
{
    private const double WarnFrom = 0.75;
    private static readonly TimeSpan WarnLeft = TimeSpan.FromMinutes(30);

    /// <summary>The clock that matters next: the earliest unmet target; null when every promise is settled.</summary>
    public static ClockWords? Next(Ticket ticket, IEnumerable<TicketTarget> targets, DateTimeOffset now)
    {
        if (!ticket.IsOpen) return null;
        return targets.Where(t => t.MetAt is null).OrderBy(t => t.DueAt).FirstOrDefault() is { } target ? For(target, ticket.Rests, now) : null;
    }

    /// <summary>For lists that hold no targets: the next due time, and for which kind of target it is.</summary>
    /// <param name="dueFor">Null on a ticket that was last changed before the kind was stored.</param>
    /// <param name="rests">The ticket waits; only the clock of the fix rests then.</param>
    public static ClockWords For(DateTimeOffset openedAt, DateTimeOffset dueAt, string? dueFor, bool isAnswered, bool rests, DateTimeOffset now)
    {
        var isFix = dueFor is null ? isAnswered : dueFor == nameof(TargetKind.Resolution);
        return Of(openedAt, dueAt, isFix ? "fix" : "reply", isFix && rests, now);
    }

    public static ClockWords For(TicketTarget target, bool rests, DateTimeOffset now)
    {
        var isFix = target.Kind == nameof(TargetKind.Resolution);
        var what = isFix ? "fix" : "reply";
        if (target.MetAt is not { } met) return Of(target.StartedAt, target.DueAt, what, isFix && rests, now);
        return met <= target.DueAt ? new($"{what} in time", ClockTone.Ok, 1) : new($"{what} {Span(met - target.DueAt)} late", ClockTone.Late, 1);
    }

    private static ClockWords Of(DateTimeOffset startedAt, DateTimeOffset dueAt, string what, bool rests, DateTimeOffset now)
    {
        var share = dueAt <= startedAt ? 1 : Math.Clamp((now - startedAt) / (dueAt - startedAt), 0, 1);
        if (rests) return new($"paused, {what}", ClockTone.Ok, share);
        var left = dueAt - now;
        if (left < TimeSpan.Zero) return new($"late by {Span(-left)}, {what}", ClockTone.Late, 1);
        return new($"{Span(left)} left, {what}", share >= WarnFrom || left <= WarnLeft ? ClockTone.Warn : ClockTone.Ok, share);
    }

    private static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => "under 1 min",
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min"),
        { TotalHours: < 24 } when span.Minutes == 0 => string.Create(CultureInfo.InvariantCulture, $"{span.Hours} h"),
        { TotalHours: < 24 } => string.Create(CultureInfo.InvariantCulture, $"{span.Hours} h {span.Minutes} min"),
        { TotalDays: < 2 } => "1 day",
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} days"),
    };
}
