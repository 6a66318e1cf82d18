using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Whose rows the current request or job may touch: one client, the clients a staff member serves, or all. Unset: no rows at all.</summary>
public sealed class TenantScope
{
    /// <summary>The clients in scope, for the query filter; empty while unset.</summary>
    public TenantId[] Tenants { get; private set; } = [];
    public bool All { get; private set; }
    public bool IsSet { get; private set; }

    /// <summary>What is written need not have reached the disk before it counts: if the machine stops, it is written again. Nothing else is said outside meanwhile.</summary>
    public bool IsWrittenAgain { get; set; }

    /// <summary>What the policies read: a list of ids, empty while unset.</summary>
    public string Setting { get; private set; } = "";

    /// <summary>The one client of a contact's request or of a job.</summary>
    public TenantId Client => Tenants is [var only] && !All ? only : throw new InvalidOperationException("This scope is not one client.");

    public void SetClient(TenantId client) => Set([client], all: false);

    public void SetStaff(IEnumerable<TenantId> clients) => Set([.. clients], all: false);

    public void SetAll() => Set([], all: true);

    private void Set(TenantId[] tenants, bool all)
    {
        if (IsSet) throw new InvalidOperationException("The scope of a request or job is set once.");
        (Tenants, All, IsSet) = (tenants, all, true);
        Setting = string.Join(',', tenants.Select(t => t.Value));
    }
}
