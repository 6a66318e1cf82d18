using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

public sealed class SignInInput
{
    public string? Email { get; set; }
    public string? Password { get; set; }
}

internal sealed class SignInPage(SignInContact signIn, SignInLimits limits, TicketLinks links, Me me) : PageModel
{
    [BindProperty] public SignInInput Input { get; set; } = new();
    [BindProperty(SupportsGet = true, Name = "back")] public string? Back { get; set; }
    public string? Problem { get; private set; }
    public string? Sent { get; private set; }

    public IActionResult OnGet()
    {
        if (me.ContactOrNone is not null) return Redirect(SafeBack() ?? $"/c/{me.Client!.Slug}");
        if (Back is null) return Page();
        // whoever holds the mail is offered its reader's address; a forged or foreign signature is as good as none
        (Back, var token) = BackTo.TakeOut(Back, TicketLinks.Parameter);
        Input.Email = links.Read(me.Client!.Id, token)?.Recipient;
        return Page();
    }

    public IActionResult OnPostLink()
    {
        if (!Ready()) return Page();
        signIn.MailLink(me.Client!, Input.Email!, SafeBack());
        Sent = "LinkSentText";
        return Page();
    }

    public IActionResult OnPostForgot()
    {
        if (!Ready()) return Page();
        signIn.MailPasswordLink(me.Client!, Input.Email!);
        Sent = "ForgotSent";
        return Page();
    }

    public async Task<IActionResult> OnPostPasswordAsync()
    {
        if (!Ready()) return Page();
        if (await signIn.ByPasswordAsync(Input.Email!, Input.Password ?? "") is not { } contact)
        {
            Problem = "WrongPassword";
            return Page();
        }
        await SignInContact.StartSessionAsync(HttpContext, contact);
        return Redirect(SafeBack() ?? $"/c/{me.Client!.Slug}");
    }

    private bool Ready()
    {
        if (Input.Email is not { Length: > 2 and <= 254 } || !Input.Email.Contains('@', StringComparison.Ordinal)) Problem = "EmailMissing";
        else if (!limits.Allows(HttpContext, $"{me.Client!.Slug} {Input.Email}")) Problem = "TooMany";
        return Problem is null;
    }

    private string? SafeBack() => BackTo.Inside(Back, $"/c/{me.Client!.Slug}");
}
