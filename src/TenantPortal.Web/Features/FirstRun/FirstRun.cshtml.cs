using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TenantPortal.Web.Features.FirstRun;

internal sealed class FirstRunPage(FoundInstallation found) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "code")] public string? Code { get; set; }
    [BindProperty] public FounderInput Input { get; set; } = new();
    public string? Problem { get; private set; }
    public static IEnumerable<string> TimeZones => TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => id.Contains('/', StringComparison.Ordinal) || id == "UTC").Order(StringComparer.Ordinal);

    public IActionResult OnGet()
    {
        Input.TimeZone = TimeZoneInfo.Local.Id;
        return found.Fits(Code) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!found.Fits(Code)) return NotFound();
        var (token, refusal) = await found.RunAsync(Input, cancel);
        if (refusal is null) return Redirect($"/desk/sign-in/password?token={token}");
        Problem = refusal.Sentence;
        return Page();
    }
}
