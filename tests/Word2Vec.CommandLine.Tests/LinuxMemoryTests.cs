namespace Word2Vec.CommandLine.Tests;

/// <summary>What is read from the folders of a Linux that lies under a temporary folder.</summary>
public sealed class LinuxMemoryTests : IDisposable
{
    private readonly Tool _tool = new();

    public LinuxMemoryTests()
    {
        Write("proc/self/status", "Name:\tdotnet\nRssAnon:\t     100 kB\nRssFile:\t   5000 kB\nRssShmem:\t      20 kB\n");
        Write("proc/meminfo", "MemTotal:       99999 kB\nMemAvailable:    5000 kB\n");
    }

    public void Dispose() => _tool.Dispose();

    private const long Own = 120 * 1024;

    private void Write(string path, string text) => _tool.Write(path, text);

    private void WriteGroup(string folder, string limit, long usage, string stat)
    {
        bool isOld = stat.Contains("total_", StringComparison.Ordinal);
        Write(folder + (isOld ? "/memory.limit_in_bytes" : "/memory.max"), limit + "\n");
        Write(folder + (isOld ? "/memory.usage_in_bytes" : "/memory.current"), usage + "\n");
        Write(folder + "/memory.stat", stat);
    }

    private long[] Limits() => [.. LinuxMemory.Limits(_tool.PathOf("")).Select(limit => limit.Bytes)];

    [Fact]
    public void Without_limits_there_is_what_is_free_and_what_the_process_has() => Assert.Equal([5000 * 1024 + Own], Limits());

    [Fact]
    public void A_group_of_version_2_and_those_above_it_limit_and_cached_files_do_not_count()
    {
        Write("proc/self/cgroup", "0::/system/job\n");
        WriteGroup("sys/fs/cgroup/system/job", "2000000", 900_000, "anon 5\nfile 7\ninactive_file 30\nactive_file 4\n");
        WriteGroup("sys/fs/cgroup/system", "1500000", 950_000, "inactive_file 0\nactive_file 0\n");
        Write("sys/fs/cgroup/memory.stat", "inactive_file 0\n");
        Assert.Equal([5000 * 1024 + Own, 1_100_034 + Own, 550_000 + Own], Limits());
    }

    [Fact]
    public void The_threshold_above_which_a_group_is_throttled_limits_too()
    {
        Write("proc/self/cgroup", "0::/job\n");
        WriteGroup("sys/fs/cgroup/job", "max", 500_000, "inactive_file 0\n");
        Write("sys/fs/cgroup/job/memory.high", "700000\n");
        Assert.Equal([5000 * 1024 + Own, 200_000 + Own], Limits());
    }

    [Fact]
    public void A_group_of_version_1_limits_and_the_highest_number_is_no_limit()
    {
        Write("proc/self/cgroup", "5:cpu:/other\n4:hugetlb,memory:/job\n0::/\n");
        WriteGroup("sys/fs/cgroup/memory/job", "1000000", 400_000, "inactive_file 9\ntotal_inactive_file 30\ntotal_active_file 4\n");
        WriteGroup("sys/fs/cgroup/memory", "9223372036854771712", 700_000, "total_inactive_file 1\n");
        Assert.Equal([5000 * 1024 + Own, 600_034 + Own], Limits());
    }

    [Fact]
    public void In_a_container_the_group_is_at_the_top_whatever_the_host_calls_it()
    {
        Write("proc/self/cgroup", "4:memory:/docker/0123abc\n");
        WriteGroup("sys/fs/cgroup/memory", "1000000", 400_000, "total_inactive_file 0\n");
        Assert.Equal([5000 * 1024 + Own, 600_000 + Own], Limits());
    }

    [Fact]
    public void A_group_that_is_over_its_limit_leaves_what_the_process_has()
    {
        Write("proc/self/cgroup", "0::/job\n");
        WriteGroup("sys/fs/cgroup/job", "100000", 100_001, "inactive_file 0\n");
        Assert.Equal([5000 * 1024 + Own, Own - 1], Limits());
    }

    [Fact]
    public void The_real_system_gives_this_process_something()
    {
        AvailableMemory available = AvailableMemory.OfThisProcess();
        Assert.InRange(available.Bytes, 1, long.MaxValue);
        Assert.NotEmpty(available.Source);
    }
}
