using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Search;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Desk;

/// <summary>Search over number, subject and messages of every client in scope; a whole reference ("NWO-1042") goes straight to its ticket.</summary>
internal sealed class SearchPage(TicketSearch search, ClientDirectory clients) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")] public string? Query { get; set; }
    public IReadOnlyList<FoundTicket> Found { get; private set; } = [];
    public bool IsCut { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var text = (Query ?? "").Trim();
        if (text.Length == 0) return Page();
        if (TicketReference.Parse(text, clients) is { } reference && await search.ExistsAsync(reference.Client.Id, reference.Number, cancel)) return Redirect($"/desk/tickets/{reference}");
        Found = await search.RunAsync(CleanText.Start(text, 300), cancel);
        IsCut = Found.Count == TicketSearch.Most;
        return Page();
    }

    public Client ClientOf(FoundTicket found) => clients.ById(found.TenantId)!;
}
