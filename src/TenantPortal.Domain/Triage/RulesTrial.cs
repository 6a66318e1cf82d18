using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Triage;

/// <summary>A ticket of the past as rules read it, with the tickets that came before it.</summary>
public sealed record PastTicket(int Number, DateTimeOffset OpenedAt, Report Report, RecentHistory History, DateTimeOffset? HandedOffAt, DateTimeOffset? FirstReplyAt, DateTimeOffset? ResolvedAt);

/// <summary>The rules of a client with the promises that follow from them.</summary>
public sealed record RulesInForce(CompiledRules Rules, ServiceTerms Terms);

/// <summary>A ticket that other rules would have treated otherwise.</summary>
public sealed record ChangedTicket(int Number, Priority PriorityWas, Priority Priority, string? ClauseWas, string? Clause, string? CallWas, string? Call, RiskTags RiskWas, RiskTags Risk, string QueueWas, string Queue, bool LateWas, bool Late);

/// <summary>What other rules would have changed in the past.</summary>
/// <param name="First">The newest ones.</param>
public sealed record RuleChanges(int Tickets, int Changed, int MoreUrgent, int LessUrgent, int OtherOwner, int NewlyLate, int NoLongerLate, IReadOnlyList<ChangedTicket> First)
{
    public const int MostListed = 200;

    public static RuleChanges Of(int tickets, IReadOnlyList<ChangedTicket> changed) => new(
        tickets, changed.Count, changed.Count(c => c.Priority < c.PriorityWas), changed.Count(c => c.Priority > c.PriorityWas), changed.Count(c => (c.Call, c.Queue) != (c.CallWas, c.QueueWas)),
        changed.Count(c => c is { Late: true, LateWas: false }), changed.Count(c => c is { Late: false, LateWas: true }), [.. changed.OrderByDescending(c => c.Number).Take(MostListed)]);
}

/// <summary>Judges past tickets by the rules that hold and by others, from the same report and history.</summary>
public static class RulesTrial
{
    /// <summary>Null where both come to the same.</summary>
    public static ChangedTicket? Compare(PastTicket past, RulesInForce holding, RulesInForce other, DateTimeOffset now)
    {
        var reading = new TriageReading(past.Report, holding.Rules);
        // a changed clause reads the same words: most of the work is done once
        var again = other.Rules.ReadsAs(holding.Rules) ? reading : new(past.Report, other.Rules);
        var (was, becomes) = (TriageVerdict.For(past.Report, reading, holding.Rules, past.History), TriageVerdict.For(past.Report, again, other.Rules, past.History));
        var changed = new ChangedTicket(
            past.Number, was.Priority, becomes.Priority, was.Clause?.Title, becomes.Clause?.Title, was.Clause?.Path, becomes.Clause?.Path, was.RiskTags, becomes.RiskTags, was.Queue, becomes.Queue,
            IsLate(past, was, holding.Terms, now), IsLate(past, becomes, other.Terms, now));
        return (changed.PriorityWas, changed.ClauseWas, changed.CallWas, changed.RiskWas, changed.QueueWas, changed.LateWas) == (changed.Priority, changed.Clause, changed.Call, changed.Risk, changed.Queue, changed.Late) ? null : changed;
    }

    private static bool IsLate(PastTicket past, Verdict verdict, ServiceTerms terms, DateTimeOffset now) => TicketClocks.IsReplyLate(past.OpenedAt, past.HandedOffAt, past.FirstReplyAt, past.ResolvedAt, terms.For(verdict.Priority, verdict.Clause, verdict.Queue), terms, now);
}

public enum ReplayState { Waiting, Running, Done }

/// <summary>One replay of a clause's version over a client's past tickets; approval asks for one that was run against the rules that hold.</summary>
public sealed class RuleReplay : ITenantOwned
{
    /// <summary>The newest tickets that are read again.</summary>
    public const int MostTickets = 10_000;

    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid VersionId { get; init; }
    /// <summary>Of the rules that it was compared with.</summary>
    public required string RulesHash { get; set; }
    public ReplayState State { get; set; }
    public int Total { get; set; }
    public int Done { get; set; }
    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public RuleChanges? Changes { get; set; }
}
