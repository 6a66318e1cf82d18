using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Infrastructure.Mail;

public static class MailSetup
{
    public static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton<MailTemplates>().AddSingleton<PortalAddresses>().AddSingleton<TicketLinks>().AddSingleton<MailWriter>().AddSingleton<IMailTransport, FolderTransport>()
        .AddScoped<MailQueue>().AddScoped<IJobHandler, SendMail>();
}
