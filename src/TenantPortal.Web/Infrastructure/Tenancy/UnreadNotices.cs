using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>How many notices the signed-in person has not read: every page of the desk says it, so a page that reads anyway takes it along.</summary>
public sealed class UnreadNotices(Me me)
{
    private List<int> counted = [];

    /// <summary>Null until the reads that it joined have run.</summary>
    public int? Count => counted is [var count] ? count : null;

    public void Join(PageReads reads)
    {
        // a program of a client's has no notices
        if (me.StaffOrNone is { } staff) counted = reads.AddUnreadNotices(staff.Id);
    }
}
