using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

internal sealed class PasswordPage(SignInContact signIn, Me me) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "token")] public string? Token { get; set; }
    [BindProperty(Name = "password")] public string? Password { get; set; }
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var (contact, refusal) = await signIn.SetPasswordAsync(me.Client!, Token ?? "", Password ?? "", cancel);
        if (contact is null)
        {
            Problem = refusal!.Sentence;
            return Page();
        }
        await SignInContact.StartSessionAsync(HttpContext, contact);
        return Redirect($"/c/{me.Client!.Slug}");
    }
}
