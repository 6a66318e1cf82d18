using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>Where a person is at the guide of a request.</summary>
/// <param name="Screen">Null when the guide changed or was withdrawn, and a turn must settle that first.</param>
/// <param name="ReplyBy">When a person answers; null when one has answered already or nothing is promised.</param>
public sealed record GuideView(Ticket Ticket, IReadOnlyList<Attempt> Attempts, AttemptScreen? Screen, DateTimeOffset? ReplyBy)
{
    public Attempt Current => Attempts[^1];
    public bool NeedsTurn => Current.IsRunning && (Screen is null || Current.OpenedAt is null);
}

/// <summary>Reads the guide of a contact's own request; null when the request is somebody else's, unknown, or never had a guide.</summary>
public sealed class ShowGuide(PortalDb db, GuidePaths paths)
{
    public async Task<GuideView?> RunAsync(ContactId contact, int number, CancellationToken cancel)
    {
        var ticket = await db.Tickets.AsNoTracking().Include(t => t.Targets).FirstOrDefaultAsync(t => t.Number == number && t.ContactId == contact, cancel);
        if (ticket is null) return null;
        var attempts = await db.Attempts.AsNoTracking().Where(a => a.TenantId == ticket.TenantId && a.TicketId == ticket.Id).OrderBy(a => a.Number).ToListAsync(cancel);
        if (attempts.Count == 0) return null;
        var replyBy = ticket is { IsOpen: true, FirstReplyAt: null } ? ticket.Targets.Where(t => t.Kind == "Response").Select(t => (DateTimeOffset?)t.DueAt).FirstOrDefault() : null;
        return new(ticket, attempts, await ScreenAsync(ticket, attempts[^1], cancel), replyBy);
    }

    private async Task<AttemptScreen?> ScreenAsync(Ticket ticket, Attempt attempt, CancellationToken cancel)
    {
        if (!attempt.IsRunning) return AttemptEngine.Ended(attempt);
        return await paths.OfAsync(ticket, attempt, cancel) is { } path && AttemptEngine.IsStill(attempt, path) ? AttemptEngine.Show(attempt, path) : null;
    }
}
