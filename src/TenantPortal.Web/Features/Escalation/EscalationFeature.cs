using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>Registration of paths, calls, rotas and channels.</summary>
public static class EscalationFeature
{
    public static IServiceCollection AddEscalation(this IServiceCollection services) => services
        .AddScoped<Escalate>().AddScoped<IAlarmHandler>(s => s.GetRequiredService<Escalate>()).AddScoped<IEventListener>(s => s.GetRequiredService<Escalate>())
        .AddScoped<TakeStep>().AddScoped<CallLead>().AddScoped<SendCards>().AddScoped<TellStaff>().AddScoped<EscalationTime>()
        .AddScoped<AcknowledgeCall>().AddScoped<SettleStep>().AddScoped<ReadEscalation>().AddScoped<ReadCard>().AddScoped<ChangeOnCall>().AddSingleton<CallLinks>().AddSingleton<HookCards>().AddHostedService<GapWatch>();
}
