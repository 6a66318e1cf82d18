using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.Contracts;

/// <summary>Registration of the register of contracts.</summary>
public static class ContractsFeature
{
    public static IServiceCollection AddContracts(this IServiceCollection services) =>
        services.AddScoped<ReadContracts>().AddScoped<WriteClause>().AddScoped<ApproveClause>().AddScoped<AskReplay>().AddScoped<TryOnTicket>().AddScoped<WithdrawClause>().AddScoped<CopyClause>().AddScoped<ReadCoverage>().AddScoped<WriteTeamHours>().AddScoped<IJobHandler, ReplayClause>().AddScoped<IJobHandler, ClocksAgain>();
}
