using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Look;

/// <summary>Shows every part of the pages in every state, as the portal or as the desk wears it.</summary>
internal sealed class StylePage(LookClients clients) : PageModel
{
    public bool AsPortal { get; private set; }
    public IEnumerable<string> Edges => clients.All.Take(4).Select(c => c.Slug);

    public void OnGet(string? wear) => AsPortal = wear == "portal";
}
