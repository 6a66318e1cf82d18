using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

/// <summary>The door of a till or ward: its site's code instead of a mailbox.</summary>
internal sealed class SiteSignInPage(SiteCodes codes, SignInLimits limits, Me me) : PageModel
{
    private const int LongestCode = 40;

    [BindProperty] public string? Code { get; set; }
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!limits.AllowsNetwork(HttpContext)) Problem = "TooMany";
        else if (string.IsNullOrWhiteSpace(Code) || Code.Length > LongestCode || await codes.FindAsync(me.Client!.Id, Code, cancel) is not { } contact) Problem = "WrongSiteCode";
        else
        {
            await SignInContact.StartSessionAsync(HttpContext, contact);
            return Redirect($"/c/{me.Client.Slug}");
        }
        return Page();
    }
}
