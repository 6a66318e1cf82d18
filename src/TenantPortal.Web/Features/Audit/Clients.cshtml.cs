using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Features.Audit;

/// <summary>Whose log can be read.</summary>
internal sealed class ClientsPage(ReadAudit audit) : PageModel
{
    public IReadOnlyList<Client> All => audit.Clients;

    public IActionResult OnGet() => audit.MayEnter ? Page() : NotFound();
}
