using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Triage;

/// <summary>Reads a client's tickets of the last 90 days as rules read them, each with the 14 days before it.</summary>
public sealed class PastTickets(PortalDb db)
{
    public const int Days = 90;
    private const int AtOnce = 1_000, MostRecent = 50;

    private sealed record Row(TicketId Id, int Number, DateTimeOffset OpenedAt, ContactId Contact, SiteId? Site, string Subject, Channel Channel, Impact? Impact, Urgency? Urgency, string? System, Guid? Form, string Category, DateTimeOffset? HandedOffAt, DateTimeOffset? FirstReplyAt, DateTimeOffset? ResolvedAt);

    /// <summary>Oldest first; the newest, where there are more than so many.</summary>
    public async Task<IReadOnlyList<PastTicket>> RunAsync(TenantId client, int most, DateTimeOffset now, CancellationToken cancel)
    {
        var (since, before) = (now.AddDays(-Days), now.AddDays(-Days - RecentHistory.Days));
        var rows = await db.Tickets.AsNoTracking().Where(t => t.TenantId == client && t.OpenedAt >= before).OrderByDescending(t => t.Number).Take(most)
            .Select(t => new Row(t.Id, t.Number, t.OpenedAt, t.ContactId, t.SiteId, t.Subject, t.Channel, t.Impact, t.Urgency, t.AffectedSystem, t.RequestTypeId, t.Category, t.HandedOffAt, t.FirstReplyAt, t.ResolvedAt)).ToListAsync(cancel);
        rows.Sort((a, b) => a.OpenedAt.CompareTo(b.OpenedAt));
        var texts = new Dictionary<TicketId, string>(rows.Count);
        foreach (var some in rows.Chunk(AtOnce))
        {
            var ids = Array.ConvertAll(some, r => r.Id);
            foreach (var said in await db.Messages.AsNoTracking().Where(m => m.TenantId == client && m.Number == 1 && ids.Contains(m.TicketId)).Select(m => new { m.TicketId, m.Text }).ToListAsync(cancel)) texts[said.TicketId] = said.Text;
        }
        var (ofContact, ofSite) = (new Dictionary<ContactId, List<Row>>(), new Dictionary<SiteId, List<Row>>());
        var past = new List<PastTicket>(rows.Count);
        foreach (var row in rows)
        {
            if (row.OpenedAt >= since) past.Add(new(row.Number, row.OpenedAt, ReportOf(row, texts.GetValueOrDefault(row.Id, "")), HistoryOf(row, ofContact, ofSite), row.HandedOffAt, row.FirstReplyAt, row.ResolvedAt));
            Add(ofContact, row.Contact, row);
            if (row.Site is { } site) Add(ofSite, site, row);
        }
        return past;
    }

    private static Report ReportOf(Row row, string text) => new() { Subject = row.Subject, Text = text, Channel = row.Channel, Impact = row.Impact, Urgency = row.Urgency, AffectedSystem = row.System, SiteId = row.Site, FormCategory = row.Form is null ? null : row.Category };

    private static RecentHistory HistoryOf(Row row, Dictionary<ContactId, List<Row>> ofContact, Dictionary<SiteId, List<Row>> ofSite)
    {
        var recent = Recent(ofContact.GetValueOrDefault(row.Contact), row).Concat(row.Site is { } site ? Recent(ofSite.GetValueOrDefault(site), row) : []).DistinctBy(r => r.Id).OrderByDescending(r => r.OpenedAt).Take(MostRecent);
        return new([.. recent.Select(r => new RecentTicket(r.Number, (int)(row.OpenedAt - r.OpenedAt).TotalDays, r.Contact == row.Contact, row.Site is not null && r.Site == row.Site, r.Category, r.System))]);
    }

    private static IEnumerable<Row> Recent(List<Row>? earlier, Row row) => earlier is null ? [] : Enumerable.Reverse(earlier).TakeWhile(r => r.OpenedAt >= row.OpenedAt.AddDays(-RecentHistory.Days)).Take(MostRecent);

    private static void Add<TKey>(Dictionary<TKey, List<Row>> lists, TKey key, Row row) where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list)) lists[key] = list = [];
        list.Add(row);
    }
}
