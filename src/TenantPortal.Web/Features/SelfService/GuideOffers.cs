using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>All that an offer needs, read before the ticket changes.</summary>
public sealed record PreparedOffer(ChosenGuide Guide, int Number, SilenceLimit Limit);

/// <summary>Prepares the next guide for a ticket and writes the offer with its silence job into the caller's unit of work.</summary>
public sealed class GuideOffers(PortalDb db, ChooseGuide choose, SilenceLimits limits, JobQueue jobs)
{
    public static readonly Actor Machine = Actor.Machine("guide offer");

    /// <summary>The best guide that was not tried yet; a guide begun again in a new version counts once.</summary>
    public async Task<PreparedOffer> PrepareAsync(Ticket ticket, CancellationToken cancel)
    {
        var tried = await db.Attempts.AsNoTracking().Where(a => a.TenantId == ticket.TenantId && a.TicketId == ticket.Id).Select(a => new { a.RunbookId, a.Number }).ToListAsync(cancel);
        var guide = await choose.RunAsync(ticket, await GuidePaths.ReaderAsync(db, ticket, cancel), await TicketWords.ReadAsync(db, ticket, cancel), tried.Select(a => a.RunbookId).ToHashSet(), cancel);
        return new(guide, tried.Count == 0 ? 1 : tried.Max(a => a.Number) + 1, await limits.OfAsync(ticket.TenantId, cancel));
    }

    /// <summary>The first guide of a ticket that is being opened, from what is in hand of it.</summary>
    public async Task<PreparedOffer> PrepareFirstAsync(Ticket ticket, GuideReader reader, ServiceTerms terms, CancellationToken cancel) =>
        new(await choose.RunAsync(ticket, reader, TicketWords.Of(ticket), new HashSet<Guid>(), cancel), 1, limits.Of(terms));

    /// <summary>The same guide from its first step, because it was published anew while it was being tried.</summary>
    public async Task<PreparedOffer> AgainAsync(Attempt attempt, GuidePath path, CancellationToken cancel)
    {
        var choice = new GuideChoice(new(path.RunbookId, "", path.Title, "", 1), "The guide was published anew while it was being tried.");
        return new(new(choice, path, [], new HashSet<Guid>(), [], 0), attempt.Number + 1, await limits.OfAsync(attempt.TenantId, cancel));
    }

    /// <summary>Offers the guide, or hands the ticket over where none is left. Nothing is saved here.</summary>
    public void Make(Ticket ticket, PreparedOffer offer, DateTimeOffset now)
    {
        db.Add(offer.Guide.Record(ticket, now));
        if (offer.Guide.Path is not { } path)
        {
            HandOver(ticket, offer.Guide.Choice.Reason, Machine, now);
            return;
        }
        var attempt = AttemptEngine.Offer(ticket.TenantId, ticket.Id, path, offer.Number, now);
        db.Add(attempt);
        jobs.Add(ticket.TenantId, AttemptSilence.JobKind, attempt.Id.Value, offer.Limit.EndsAt(attempt));
        ticket.Record(TicketEventKind.GuideOffered, Machine, now, ("attempt", attempt.Id.ToString()), ("guide", path.Title), ("runbook", path.RunbookId.ToString()), ("version", path.VersionHash), ("number", $"{offer.Number}"));
        // beside a person who is at work already, the guide is optional
        if (ticket.HandedOffAt is null || ticket.IsTryingGuide) ticket.BeginGuide();
    }

    /// <summary>Hands over once: what a person has already is not handed to one again.</summary>
    public static void HandOver(Ticket ticket, string reason, Actor by, DateTimeOffset now)
    {
        if (ticket.IsOpen && (ticket.HandedOffAt is null || ticket.IsTryingGuide)) ticket.HandOff(reason, by, now);
    }
}
