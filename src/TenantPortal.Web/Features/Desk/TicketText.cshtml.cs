using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Desk;

/// <summary>The hand-off as plain text, to be pasted anywhere.</summary>
internal sealed class TicketTextPage(HandOff handOff, SuggestSteps suggest, ClientDirectory clients) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) =>
        TicketReference.Parse(reference, clients) is { } parsed && await handOff.RunAsync(parsed.Client.Id, parsed.Number, cancel) is { } view ? Content((await suggest.IntoAsync(view, cancel)).AsText(), "text/plain; charset=utf-8") : NotFound();
}
