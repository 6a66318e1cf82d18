using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

internal sealed class CodePage(SignInStaff signIn, SignInLimits limits) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "back")] public string? Back { get; set; }
    [BindProperty(Name = "code")] public string? Code { get; set; }
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await signIn.AfterFirstStepAsync(HttpContext) is { TwoFactorEnabled: true } ? Page() : Redirect("/desk/sign-in");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await signIn.AfterFirstStepAsync(HttpContext) is not { TwoFactorEnabled: true } member) return Redirect("/desk/sign-in");
        if (!limits.Allows(HttpContext, $"code {member.Id}")) Problem = "TooMany";
        else if (!await signIn.SecondStepAsync(member, Code ?? "", cancel)) Problem = "WrongCode";
        if (Problem is not null) return Page();
        await SignInStaff.StartSessionAsync(HttpContext, member);
        return Redirect(BackTo.Inside(Back, "/desk") ?? BackTo.Inside(Back, "/admin") ?? "/desk");
    }
}
