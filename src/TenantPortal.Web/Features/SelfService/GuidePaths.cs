using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>Guides as the contact of a ticket walks them, with that person's values filled in.</summary>
public sealed class GuidePaths(PortalDb db, ReadGuide read, ReaderFacts facts)
{
    public static async Task<GuideReader> ReaderAsync(PortalDb db, Ticket ticket, CancellationToken cancel)
    {
        var isManager = await db.Contacts.AnyAsync(c => c.TenantId == ticket.TenantId && c.Id == ticket.ContactId && c.Role == ContactRole.Manager, cancel);
        return new(ticket.TenantId, 0, ticket.ContactId, ticket.SiteId, ticket.DeviceId, isManager);
    }

    public async Task<GuidePath?> ForOfferAsync(Ticket ticket, Guid runbook, CancellationToken cancel) =>
        await ForOfferAsync(ticket, runbook, await ReaderAsync(db, ticket, cancel), (await TicketWords.ReadAsync(db, ticket, cancel)).App, cancel);

    /// <summary>Null when the guide cannot be read by this person, or has no step for them.</summary>
    public async Task<GuidePath?> ForOfferAsync(Ticket ticket, Guid runbook, GuideReader reader, string? app, CancellationToken cancel)
    {
        if (await read.RunAsync(runbook, reader, cancel) is not { } guide) return null;
        var device = ticket.DeviceId is null ? null : (await facts.OfAsync(reader, cancel)).Place.Device;
        // "Other" says nothing about a machine
        var kind = device is { Kind: not DeviceKind.Other } ? device.Kind.ToString().ToLowerInvariant() : null;
        var path = GuidePath.ForContact(guide.RunbookId, guide.VersionHash, guide.Title, Steps(guide), new(device?.Os, kind, app));
        return path.Steps.Count == 0 ? null : path;
    }

    /// <summary>The guide of an attempt as it is published now; null when it is gone for this person.</summary>
    public async Task<GuidePath?> OfAsync(Ticket ticket, Attempt attempt, CancellationToken cancel) =>
        await read.RunAsync(attempt.RunbookId, await ReaderAsync(db, ticket, cancel), cancel) is { } guide ? GuidePath.For(attempt, guide.VersionHash, Steps(guide)) : null;

    private static List<PublishedStep> Steps(ReadableGuide guide) =>
        [.. guide.Steps.Select(s => new PublishedStep(s.Id, s.Title, s.Html, s.ExpectHtml, s.RollbackHtml, s.Text, s.Actor, s.AppliesTo, s.MinTier, s.OnFail))];
}
