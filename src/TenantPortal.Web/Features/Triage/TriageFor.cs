using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Triage;

/// <summary>A verdict with what it was made from.</summary>
public sealed record Triaged(Verdict Verdict, RecentHistory History, ClientProfile Profile);

/// <summary>Judges a report by its client's rules, contract and last 14 days.</summary>
public sealed class TriageFor(PortalDb db, ClientProfiles profiles)
{
    // more than this of one site in two weeks changes nothing about "called twice"
    private const int MostTickets = 50;

    public async Task<Triaged> RunAsync(TenantId client, Report report, ContactId contact, TicketId? except, DateTimeOffset now, CancellationToken cancel)
    {
        var profile = await profiles.OfAsync(client, db, now, cancel);
        var history = await HistoryAsync(client, contact, report.SiteId, except, now, cancel);
        return new(TriageVerdict.For(report, profile.Rules, history), history, profile);
    }

    private async Task<RecentHistory> HistoryAsync(TenantId client, ContactId contact, SiteId? site, TicketId? except, DateTimeOffset now, CancellationToken cancel)
    {
        var from = now.AddDays(-RecentHistory.Days);
        var rows = new List<Row>();
        await foreach (var row in Recent(db, client, contact, site is not null, site ?? default, from, now).WithCancellation(cancel)) rows.Add(row);
        return new([.. rows.Where(t => t.Id != except).Select(t => new RecentTicket(t.Number, (int)(now - t.OpenedAt).TotalDays, t.ContactId == contact, site is not null && t.SiteId == site, t.Category, t.AffectedSystem))]);
    }

    private sealed record Row(TicketId Id, int Number, DateTimeOffset OpenedAt, ContactId ContactId, SiteId? SiteId, string Category, string? AffectedSystem);

    private static readonly Func<PortalDb, TenantId, ContactId, bool, SiteId, DateTimeOffset, DateTimeOffset, IAsyncEnumerable<Row>> Recent =
        EF.CompileAsyncQuery((PortalDb db, TenantId client, ContactId contact, bool hasSite, SiteId site, DateTimeOffset from, DateTimeOffset now) => db.Tickets
            .Where(t => t.TenantId == client && t.OpenedAt >= from && t.OpenedAt <= now && (t.ContactId == contact || (hasSite && t.SiteId == site)))
            .OrderByDescending(t => t.OpenedAt).Take(MostTickets)
            .Select(t => new Row(t.Id, t.Number, t.OpenedAt, t.ContactId, t.SiteId, t.Category, t.AffectedSystem)));
}
