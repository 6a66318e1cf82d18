using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.HandOver;

/// <summary>Passes a ticket on as it was shown: to a tier that somebody holds, in a queue and category that there are, with the note as it was edited.</summary>
public sealed class PassOnTicket(ChangeTicket change, GuideMentions mentions, StaffDirectory staff, Me me)
{
    /// <param name="seen">How many messages stood on the page that was answered.</param>
    public async Task<Refusal?> RunAsync(PassOnView view, int tier, string? queue, StaffId? person, string? category, string note, string? without, int seen, CancellationToken cancel)
    {
        var (ticket, holder) = (view.Ticket, person is { } id ? staff.ById(id) : null);
        if (view.HandOff.Messages.Count != seen) return new("Somebody wrote while you did. Read it below, then pass it on; your note is kept.");
        if (person is not null && (holder is null || !MayHold(holder, ticket.TenantId, tier))) return new("Choose somebody from the list; this person does not hold that tier here.");
        if (!staff.All.Any(s => MayHold(s, ticket.TenantId, tier))) return new($"Nobody of tier {tier} serves this client. Choose another tier, or a queue.");
        var kept = view.Categories.Any(c => c.Id == category) ? category! : ticket.Category;
        var to = new PassTo(tier, view.Queues.FirstOrDefault(q => q == queue) ?? ticket.Queue, holder?.Id, holder?.FirstName);
        var with = new PassedWith(note, Math.Max(view.DraftTier, await mentions.TierOfAsync(ticket.TenantId, note, cancel)), view.Draft, kept, view.Suggested, view.Missing, without);
        return await change.RunAsync(ticket.TenantId, ticket.Id, (fresh, now) => fresh.PassOn(to, with, me.Staff.Id, me.AsActor(), now), cancel);
    }

    /// <summary>Who could have the ticket: engineers of that tier or above who serve the client.</summary>
    public IEnumerable<StaffMember> Holders(TenantId client) => staff.All.Where(s => s.Id != me.Staff.Id && MayHold(s, client, 1)).OrderBy(s => s.Name, StringComparer.Ordinal);

    private static bool MayHold(StaffMember member, TenantId client, int tier) => member.IsActive && (member.Roles & StaffRoles.Engineer) != StaffRoles.None && member.Serves(client) && member.ReadsAsTier >= tier;
}
