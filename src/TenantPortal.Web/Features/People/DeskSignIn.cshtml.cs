using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

internal sealed class DeskSignInPage(SignInStaff signIn, SignInLimits limits, Me me) : PageModel
{
    [BindProperty] public SignInInput Input { get; set; } = new();
    [BindProperty(SupportsGet = true, Name = "back")] public string? Back { get; set; }
    public string? Problem { get; private set; }
    public bool ForgotSent { get; private set; }

    public IActionResult OnGet() => me.StaffOrNone is null ? Page() : Redirect("/desk");

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Ready()) return Page();
        if (await signIn.ByPasswordAsync(Input.Email!, Input.Password ?? "") is not { } member)
        {
            Problem = "WrongPassword";
            return Page();
        }
        signIn.RememberFirstStep(HttpContext, member);
        var back = Back is null ? "" : "?back=" + Uri.EscapeDataString(Back);
        return Redirect(member.TwoFactorEnabled ? "/desk/sign-in/code" + back : "/desk/sign-in/enrol");
    }

    public IActionResult OnPostForgot()
    {
        if (!Ready()) return Page();
        signIn.MailPasswordLink(Input.Email!);
        ForgotSent = true;
        return Page();
    }

    private bool Ready()
    {
        if (Input.Email is not { Length: > 2 and <= 254 } || !Input.Email.Contains('@', StringComparison.Ordinal)) Problem = "EmailMissing";
        else if (!limits.Allows(HttpContext, $"desk {Input.Email}")) Problem = "TooMany";
        return Problem is null;
    }
}
