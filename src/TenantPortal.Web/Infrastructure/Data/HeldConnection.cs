#pragma warning disable RS0030 // no SQL: EF keeps opening a connection among its raw SQL
using Microsoft.EntityFrameworkCore;

namespace TenantPortal.Web.Infrastructure.Data;

public static class HeldConnection
{
    /// <summary>Keeps one connection to the end of the unit of work, for work of many statements: each would rent one and reset it. Whoever holds one
    /// must not wait for a second, or the pool could run dry with everybody waiting.</summary>
    public static Task HoldConnectionAsync(this PortalDb db, CancellationToken cancel) => db.Database.OpenConnectionAsync(cancel);
}
