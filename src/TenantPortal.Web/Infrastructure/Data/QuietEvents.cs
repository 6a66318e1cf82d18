#pragma warning disable RS0030 // raw SQL: a setting of the transaction, no table
using Microsoft.EntityFrameworkCore;

namespace TenantPortal.Web.Infrastructure.Data;

public static class QuietEvents
{
    /// <summary>From here to the end of the current transaction, events of tickets make no work and no call: they tell what happened long ago.</summary>
    public static Task QuietAsync(this PortalDb db, CancellationToken cancel) => db.Database.ExecuteSqlRawAsync("select set_config('app.quiet', '1', true)", cancel);
}
