using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>What a path has done on a ticket and does next, and whom the outage touches.</summary>
/// <param name="Open">The calls that wait for somebody.</param>
/// <param name="Coming">The steps that fall due as things stand.</param>
/// <param name="IsPastReview">The clause that called should have been looked at again: the path asks before it hands the ticket over.</param>
public sealed record EscalationView(Ticket Ticket, string Reference, EscalationPath Path, IReadOnlyList<TakenStep> Taken, IReadOnlyList<LeadCall> Calls, IReadOnlyList<LeadCall> Open, IReadOnlyList<PlannedStep> Coming, BlastRadius Radius, bool IsPastReview)
{
    public IEnumerable<TakenStep> Asked => Taken.Where(t => t.State == StepState.Asked);
    public LeadCall? Answered => Calls.LastOrDefault(c => c.AcknowledgedAt is not null);
}

/// <summary>Reads the escalation of one ticket, for its card and its page.</summary>
public sealed class ReadEscalation(PortalDb db, PageReads reads, ClientProfiles profiles, OnCallDirectory directory, EscalationTime said, TimeProvider time)
{
    /// <summary>Whether a ticket has anything to show: an urgent or risky one, a promised update, or one that a clause sends on a path.</summary>
    public static bool IsShown(Ticket ticket) => EscalationPath.KeyFor(ticket) == EscalationPath.Urgent || ticket.NextUpdateAt is not null || ticket.Path is not null;

    public async Task<EscalationView> RunAsync(Ticket ticket, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var rows = await EscalationRows.ReadAsync(reads, ticket.TenantId, ticket.Id, cancel) ?? new(ticket, [], [], []);
        var profile = await profiles.OfAsync(ticket.TenantId, db, ticket.OpenedAt, cancel);
        var path = directory.PathOf(ticket);
        var known = rows.Taken.Select(t => t.Key).ToHashSet();
        return new(
            ticket, said.Reference(ticket), path, rows.Taken, rows.Calls, [.. rows.Calls.Where(c => c.AgainAt is not null)],
            [.. EscalationPlan.Of(rows.Ticket, path, rows.Events, profile.Terms, now).Where(p => !known.Contains(p.Key))],
            BlastRadius.Of(ticket, profile.Rules.Systems, profile.Sites, profile.Devices.Values), profile.Terms.IsPastReview(ticket.Verdict?.Clause, now));
    }
}
