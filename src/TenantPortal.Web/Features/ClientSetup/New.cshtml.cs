using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.People;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ClientSetup;

/// <summary>A new client on one page; only for operators who serve all clients.</summary>
internal sealed class NewPage(AddClient add, ReadLibrary library, ClientDirectory clients, Me me) : PageModel
{
    [BindProperty] public NewClientInput Input { get; set; } = new();
    public IReadOnlyList<string> Packs { get; private set; } = [];
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await EnterAsync(cancel)) return NotFound();
        Input = new() { TimeZone = clients.Msp.TimeZone, Accent = new ClientLook { TenantId = default }.Accent, Packs = [.. Packs], Tier = "Standard", Opens = "09:00", Closes = "17:30", Replies = [60, 120, 240, 480] };
        return Page();
    }

    /// <summary>The check of a colour while it is typed.</summary>
    public IActionResult OnGetCheck([FromQuery(Name = "Input.Accent")] string? accent) => MayAdd ? Partial("~/Features/Look/_AccentCheck.cshtml", AccentColour.Read(accent)) : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await EnterAsync(cancel)) return NotFound();
        Input.Packs = [.. Input.Packs.Where(Packs.Contains)];
        var (client, refusal) = await add.RunAsync(Input, cancel);
        Problem = refusal?.Sentence;
        return client is null ? Page() : Redirect($"/admin/clients/{client.Slug}");
    }

    private bool MayAdd => me.Has(StaffRoles.Operator) && me.Staff.ServesAllClients;

    private async Task<bool> EnterAsync(CancellationToken cancel)
    {
        if (!MayAdd) return false;
        Packs = [.. (await library.RunAsync(cancel)).Guides.Select(g => g.Version.Pack).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return true;
    }
}
