using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TenantPortal.Web.Features.People;

internal sealed class DeskPasswordPage(SignInStaff signIn) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "token")] public string? Token { get; set; }
    [BindProperty(Name = "password")] public string? Password { get; set; }
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var (member, refusal) = await signIn.SetPasswordAsync(Token ?? "", Password ?? "", cancel);
        if (member is null)
        {
            Problem = refusal!.Sentence;
            return Page();
        }
        signIn.RememberFirstStep(HttpContext, member);
        return Redirect(member.TwoFactorEnabled ? "/desk/sign-in/code" : "/desk/sign-in/enrol");
    }
}
