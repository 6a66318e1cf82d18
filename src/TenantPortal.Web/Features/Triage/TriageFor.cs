using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Triage;

/// <summary>A verdict with what it was made from.</summary>
public sealed record Triaged(Verdict Verdict, RecentHistory History, ClientProfile Profile);

/// <summary>Judges a report by its client's rules, contract and last 14 days.</summary>
public sealed class TriageFor(PortalDb db, PageReads reads, ClientProfiles profiles)
{
    /// <param name="isNewsOnly">What a person has judged knew the earlier tickets: they raise nothing again.</param>
    public async Task<Triaged> RunAsync(TenantId client, Report report, ContactId contact, TicketId? except, bool isNewsOnly, DateTimeOffset now, CancellationToken cancel)
    {
        var profile = await profiles.OfAsync(client, db, now, cancel);
        if (isNewsOnly) return Judge(report, profile, contact, [], except, now);
        var recent = Ask(client, report, contact, now);
        await reads.RunAsync(cancel);
        return Judge(report, profile, contact, recent, except, now);
    }

    /// <summary>Asks for the tickets that a verdict counts, to be read with whatever else is asked for.</summary>
    public IReadOnlyList<RecentRow> Ask(TenantId client, Report report, ContactId contact, DateTimeOffset now) =>
        reads.AddRecent(client, contact, report.SiteId, now.AddDays(-RecentHistory.Days), now, RecentHistory.Most + 1);

    public static Triaged Judge(Report report, ClientProfile profile, ContactId contact, IReadOnlyList<RecentRow> recent, TicketId? except, DateTimeOffset now)
    {
        var history = new RecentHistory([.. recent.Where(t => t.Id != except)
            .Select(t => new RecentTicket(t.Number, (int)(now - t.OpenedAt).TotalDays, t.ContactId == contact, report.SiteId is { } site && t.SiteId == site, t.Category, t.AffectedSystem))]);
        return new(TriageVerdict.For(report, profile.Rules, history), history, profile);
    }
}
