using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>The mapping of all tables, made once; each context that had to look for it would search our program for one first.</summary>
public sealed class PortalModel(NpgsqlDataSource database)
{
    private readonly Lazy<IModel> made = new(() =>
    {
        using var db = new PortalDb(new DbContextOptionsBuilder<PortalDb>().UseNpgsql(database).Options);
        return db.Model;
    });

    public IModel Made => made.Value;
}
