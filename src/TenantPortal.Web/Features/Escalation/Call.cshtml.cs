using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>Where the link of a call leads: what is the matter, and one button. Looking at it answers nothing, so that scanners of links do no harm.</summary>
internal sealed class CallPage(CallLinks links, ClientScopes scopes) : PageModel
{
    public CallView View { get; private set; } = null!;
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel) => await LoadAsync(token, cancel) is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancel)
    {
        if (await LoadAsync(token, cancel) is not { } named) return NotFound();
        Problem = (await scopes.RunAsync(named.Client, s => s.GetRequiredService<AcknowledgeCall>().RunAsync(named.Client, named.Call, null, cancel)))?.Sentence;
        if (Problem is null) return Redirect($"/desk/calls/{token}");
        await LoadAsync(token, cancel);
        return Page();
    }

    private async Task<(TenantId Client, Guid Call)?> LoadAsync(string token, CancellationToken cancel)
    {
        if (links.Read(token) is not { } named || await scopes.RunAsync(named.Client, s => s.GetRequiredService<AcknowledgeCall>().ReadAsync(named.Client, named.Call, cancel)) is not { } view) return null;
        View = view;
        return named;
    }
}
