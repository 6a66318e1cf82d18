using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Look;

/// <summary>The clients whose look a person may edit: those served, for operators and service leads.</summary>
public sealed class LookClients(Me me, ClientDirectory clients)
{
    public IReadOnlyList<Client> All => [.. clients.All.Where(MayEdit)];

    public Client? BySlug(string slug) => clients.BySlug(slug) is { } client && MayEdit(client) ? client : null;

    private bool MayEdit(Client client) => me.Has(StaffRoles.Operator | StaffRoles.ServiceLead) && client is { IsMsp: false, IsActive: true } && me.Staff.Serves(client.Id);
}
