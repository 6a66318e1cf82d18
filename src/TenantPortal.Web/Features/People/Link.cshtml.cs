using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

internal sealed class LinkPage(SignInContact signIn, OneTimeLinks links, Me me) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "token")] public string? Token { get; set; }
    [BindProperty(SupportsGet = true, Name = "back")] public string? Back { get; set; }
    public bool IsGone { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => IsGone = Token is null || await links.PeekAsync(Token, OneTimeLinks.ContactLink, me.Client!.Id, cancel) is null;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Token is null || await signIn.ByLinkAsync(me.Client!, Token, cancel) is not { } contact)
        {
            IsGone = true;
            return Page();
        }
        await SignInContact.StartSessionAsync(HttpContext, contact);
        return Redirect(BackTo.Inside(Back, $"/c/{me.Client!.Slug}") ?? $"/c/{me.Client!.Slug}");
    }
}
