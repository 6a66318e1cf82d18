using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Secrets;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Where somebody searched; the log keeps the name in lower case.</summary>
public enum SearchPlace { Report, Search, Desk }

/// <summary>Keeps one row a search: what is typed on within two minutes is the same search, and the row holds where it settled.</summary>
public sealed class LogSearch(PortalDb db, JobQueue jobs, PortalSettings settings, TimeProvider time)
{
    private const int LongestText = 500;
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);

    /// <returns>The id of the row, for the links of the hits.</returns>
    public async Task<Guid> RunAsync(string text, GuideAnswer answer, GuideReader reader, Guid person, SearchPlace place, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var where = place.ToString().ToLowerInvariant();
        text = CleanText.Start(SecretCover.Blank(text.Trim()), LongestText);
        var recent = await db.Searches.Where(s => s.TenantId == reader.Client && s.PersonId == person && s.Place == where && s.At > now - Settling && s.ClickedId == null).OrderByDescending(s => s.At).FirstOrDefaultAsync(cancel);
        var row = recent is not null && IsSame(recent.Text ?? "", text) ? recent : null;
        // words that are kept have a job that will clear them
        if (row is null && !await db.Searches.AnyAsync(s => s.TenantId == reader.Client && s.Text != null, cancel)) jobs.Add(reader.Client, ForgetSearches.JobKind, null, now + settings.SearchesKept);
        if (row is null) db.Add(row = new() { TenantId = reader.Client, At = now, PersonKind = reader.Tier == 0 ? "contact" : "staff", PersonId = person, Hits = 0, Place = where });
        var best = answer.NothingFits ? null : answer.Hits[0];
        if (best is not null && best.RunbookId != row.BestId && reader.Contact is { } contact) db.Add(new GuideEvent { TenantId = reader.Client, At = now, ContactId = contact.Value, RunbookId = best.RunbookId, VersionHash = best.VersionHash, Kind = "offered" });
        (row.Text, row.Hits, row.BestId, row.BestConfidence) = (text, answer.Hits.Count, best?.RunbookId, (float)(best?.Confidence ?? 0));
        await db.SaveChangesAsync(cancel);
        return row.Id;
    }

    /// <summary>The guide that an engineer opened from the hits.</summary>
    public Task ClickedAsync(Guid search, Guid person, Guid runbook, CancellationToken cancel) =>
        db.Searches.Where(s => s.Id == search && s.PersonId == person && s.ClickedId == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.ClickedId, runbook), cancel);

    // typed on, or taken back a little
    private static bool IsSame(string before, string now) => now.StartsWith(before, StringComparison.OrdinalIgnoreCase) || before.StartsWith(now, StringComparison.OrdinalIgnoreCase);
}
