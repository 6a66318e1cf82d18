namespace TenantPortal.Web.Infrastructure.Jobs;

public static class JobsSetup
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<JobHeads>().AddSingleton<JobWorker>().AddHostedService(s => s.GetRequiredService<JobWorker>())
        .AddSingleton<AlarmHeads>().AddSingleton<AlarmWorker>().AddHostedService(s => s.GetRequiredService<AlarmWorker>())
        .AddHostedService<AuditSealer>().AddScoped<JobQueue>().AddScoped<IJobHandler, TicketEventsJob>();
}
