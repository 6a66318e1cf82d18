using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

internal sealed class SignOutPage(Me me) : PageModel
{
    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync(Sessions.Portal);
        return Redirect($"/c/{me.Client!.Slug}/sign-in");
    }
}

internal sealed class DeskSignOutPage : PageModel
{
    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync(Sessions.Desk);
        await HttpContext.SignOutAsync(Sessions.Admin);
        return Redirect("/desk/sign-in");
    }
}

/// <summary>The contact's own page: what we hold, a password by mail, and the end of every session.</summary>
internal sealed class YouPage(Me me, UserManager<Contact> users, SignInContact signIn, Infrastructure.Data.PortalDb db) : PageModel
{
    public Contact Contact { get; private set; } = null!;
    public string? SiteName { get; private set; }
    public string? DeviceName { get; private set; }
    public bool MailSent { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken cancel)
    {
        if (me.Contact.IsShared) return NotFound();
        signIn.MailPasswordLink(me.Client!, me.Contact.Email);
        MailSent = true;
        return await LoadAsync(cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        // whoever stands at a till must not sign the others out
        if (me.Contact.IsShared || await users.FindByIdAsync(me.Contact.Id.ToString()) is not { } contact) return NotFound();
        await users.UpdateSecurityStampAsync(contact);
        await HttpContext.SignOutAsync(Sessions.Portal);
        return Redirect($"/c/{me.Client!.Slug}/sign-in");
    }

    // deactivated a moment ago, and this process has not heard of it yet
    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await users.FindByIdAsync(me.Contact.Id.ToString()) is not { } contact) return false;
        Contact = contact;
        SiteName = Contact.SiteId is { } site ? (await db.Sites.FindAsync([Contact.TenantId, site], cancel))?.Name : null;
        DeviceName = Contact.DeviceId is { } device ? (await db.Devices.FindAsync([Contact.TenantId, device], cancel))?.Name : null;
        return true;
    }
}

internal sealed class DeskYouPage(Me me, StaffDirectory staff) : PageModel
{
    public StaffMember Member => me.Staff;

    public async Task<IActionResult> OnPostEverywhereAsync(CancellationToken cancel)
    {
        await staff.ChangeAsync(me.Staff.Id, m => m.SecurityStamp = Guid.NewGuid().ToString("n"), cancel);
        return Redirect("/desk/sign-in");
    }
}
