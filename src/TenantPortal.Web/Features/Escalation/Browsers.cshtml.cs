using System.Buffers.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Hooks;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

public sealed class BrowserInput
{
    public string? Endpoint { get; set; }
    public string? PublicKey { get; set; }
    public string? Auth { get; set; }
    public string? Name { get; set; }
}

/// <summary>The browsers in which the signed-in member of staff is called, each added in that browser itself.</summary>
internal sealed class BrowsersPage(OnCallDirectory directory, PushKey key, PortalSettings settings, Me me, TimeProvider time, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty] public BrowserInput Input { get; set; } = new();
    public IReadOnlyList<PushSubscription> Mine => [.. directory.Pushes.Where(p => p.StaffId == me.Staff.Id)];
    public string PublicKey { get; private set; } = "";
    public string? Problem { get; private set; }
    [TempData] public string? Done { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await ShowAsync(cancel);

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancel)
    {
        if (Read() is not { } push) Problem ??= words["BrowserUnreadable"];
        else if (settings.OutsideHosts.Problem(push.Endpoint) is { } refused) Problem = refused;
        else if (push.Refusal() is { } refusal) Problem = refusal.Sentence;
        else if (Mine.Count(p => p.Endpoint != push.Endpoint) >= PushSubscription.MostEach) Problem = words["TooManyBrowsers", PushSubscription.MostEach];
        else
        {
            await directory.AddPushAsync(push, cancel);
            Done = words["BrowserAdded"];
            return Redirect("/desk/you/browsers");
        }
        return await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancel)
    {
        if (Mine.Any(p => p.Id == id)) await directory.RemovePushAsync(id, cancel);
        Done = words["Removed"];
        return Redirect("/desk/you/browsers");
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        PublicKey = await key.PublicKeyAsync(cancel);
        return Page();
    }

    private PushSubscription? Read()
    {
        if (Input.Endpoint is not { Length: > 0 and <= 1_000 } endpoint || Bytes(Input.PublicKey) is not { } publicKey || Bytes(Input.Auth) is not { } auth) return null;
        var name = CleanText.FirstLine(Input.Name ?? "", 60);
        return new() { StaffId = me.Staff.Id, Endpoint = endpoint, PublicKey = publicKey, Auth = auth, Browser = name.Length > 0 ? name : words["ABrowser"], MadeAt = time.GetUtcNow() };
    }

    private static byte[]? Bytes(string? text) => text is { Length: > 0 and < 200 } && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
