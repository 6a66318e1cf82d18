using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

internal sealed class EnrolPage(SignInStaff signIn, SignInLimits limits, ClientDirectory clients) : PageModel
{
    [BindProperty(Name = "code")] public string? Code { get; set; }
    public string? Problem { get; private set; }
    public string Key { get; private set; } = "";
    public string QrCode { get; private set; } = "";
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await signIn.AfterFirstStepAsync(HttpContext) is not { TwoFactorEnabled: false } member) return Redirect("/desk/sign-in");
        await ShowAsync(member, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await signIn.AfterFirstStepAsync(HttpContext) is not { TwoFactorEnabled: false } member) return Redirect("/desk/sign-in");
        if (!limits.Allows(HttpContext, $"code {member.Id}")) Problem = "TooMany";
        else if ((RecoveryCodes = await signIn.EnrolAsync(member, Code ?? "", cancel)) is not null)
        {
            await SignInStaff.StartSessionAsync(HttpContext, member);
            return Page();
        }
        Problem ??= "WrongCode";
        await ShowAsync(member, cancel);
        return Page();
    }

    private async Task ShowAsync(StaffMember member, CancellationToken cancel)
    {
        Key = await signIn.NewKeyAsync(member, cancel);
        var issuer = Uri.EscapeDataString(clients.Msp.Name);
        using var maker = new QRCodeGenerator();
        using var code = maker.CreateQrCode($"otpauth://totp/{issuer}:{Uri.EscapeDataString(member.Email)}?secret={Key}&issuer={issuer}", QRCodeGenerator.ECCLevel.M);
        QrCode = "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(new SvgQRCode(code).GetGraphic(6)));
    }
}
