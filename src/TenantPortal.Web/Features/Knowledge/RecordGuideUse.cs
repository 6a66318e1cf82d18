using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Knowledge;

public enum GuideUse { Opened, Printed, Didnt, Couldnt, Solved, Unsolved }

/// <summary>Notes what a contact did with a guide outside of a ticket, and which search led to it.</summary>
public sealed class RecordGuideUse(PortalDb db, TimeProvider time)
{
    public async Task RunAsync(ReadableGuide guide, ContactId contact, GuideUse use, Guid? search, CancellationToken cancel, string? step = null)
    {
        db.Add(new GuideEvent { TenantId = guide.Client, At = time.GetUtcNow(), ContactId = contact.Value, RunbookId = guide.RunbookId, VersionHash = guide.VersionHash, Kind = use.ToString().ToLowerInvariant(), Step = step });
        if (search is { } id && await db.Searches.FirstOrDefaultAsync(s => s.Id == id && s.PersonId == contact.Value, cancel) is { ClickedId: null } row) row.ClickedId = guide.RunbookId;
        await db.SaveChangesAsync(cancel);
    }
}
