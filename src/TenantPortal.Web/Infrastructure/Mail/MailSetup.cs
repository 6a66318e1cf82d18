using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Mail.Smtp;

namespace TenantPortal.Web.Infrastructure.Mail;

public static class MailSetup
{
    public static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton<MailTemplates>().AddSingleton<PortalAddresses>().AddSingleton<TicketLinks>().AddSingleton<MailWriter>().AddSingleton<FolderTransport>().AddSingleton<SmtpTransport>()
        .AddSingleton<IMailTransport>(s => s.GetRequiredService<PortalSettings>().Smtp is null ? s.GetRequiredService<FolderTransport>() : s.GetRequiredService<SmtpTransport>())
        .AddScoped<MailQueue>().AddScoped<IJobHandler, SendMail>();
}
