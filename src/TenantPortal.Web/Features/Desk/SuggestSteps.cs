using TenantPortal.Domain.HandOver;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Desk;

/// <summary>Finds the guides that an engineer of this tier may try next on a ticket, without those that were tried already.</summary>
public sealed class SuggestSteps(SearchGuides guides, ClientDirectory clients, Me me)
{
    private const int Most = 3, Considered = 12, HashShown = 12;

    public async Task<HandOffView> IntoAsync(HandOffView view, CancellationToken cancel)
    {
        var ticket = view.Ticket;
        if (!ticket.IsOpen || clients.ById(ticket.TenantId) is not { } client) return view;
        var tried = view.Attempts.Select(a => a.RunbookId).Concat(view.Work.Where(w => w.Outcome != DeskOutcome.StillOpen).Select(w => w.RunbookId).OfType<Guid>()).ToHashSet();
        var text = string.Join('\n', view.Messages.Where(m => m.AuthorKind == ActorKind.Contact || m.Number == 1).Select(m => m.Text).Prepend(ticket.Subject));
        var answer = await guides.RunAsync(text, new(ticket.TenantId, me.ReadsAsTier, ticket.ContactId, ticket.SiteId, ticket.DeviceId), Considered + tried.Count, cancel);
        // a word in common is not yet a fit: what is about the same thing leads, and a guess about another thing stays out
        var fitting = answer.Hits.Where(h => !tried.Contains(h.RunbookId) && (IsAbout(h, ticket) || h.Confidence >= SearchGuides.WorthALook)).OrderByDescending(h => IsAbout(h, ticket)).Take(Most);
        return view with { Suggested = [.. fitting.Select(h => new SuggestedStep(h.Title, h.Summary, h.VersionHash[..Math.Min(HashShown, h.VersionHash.Length)], $"/desk/guides/{client.TicketPrefix}/{h.Slug}", $"/desk/tickets/{view.Reference}/guides/{h.Slug}"))] };
    }

    private static bool IsAbout(GuideHit hit, Ticket ticket) => ticket.Category != Verdict.NoCategory && string.Equals(hit.Category.Split('/')[0], ticket.Category.Split('/')[0], StringComparison.Ordinal);
}
