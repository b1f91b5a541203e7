# A Slurm of two nodes on this host, without systemd: source it, then slurm_start FOLDER and slurm_stop. Its commands find it by SLURM_CONF.
# shellcheck shell=bash

slurm_start() {
    local folder=$1 host port
    host=$(hostname -s)
    port=$((20000 + RANDOM % 20000))
    mkdir -p "$folder/state" "$folder/spool-n1" "$folder/spool-n2"
    chmod 755 "$folder" "$(dirname "$folder")"
    dd if=/dev/urandom of="$folder/munge.key" bs=128 count=1 2> /dev/null
    chmod 600 "$folder/munge.key"
    cat > "$folder/slurm.conf" <<CONF
ClusterName=w2s
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket,cred_expire=5
CredType=cred/munge
SlurmctldPort=$port
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd-%n.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd-%n.log
SlurmdSpoolDir=$folder/spool-%n
StateSaveLocation=$folder/state
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=2,bf_interval=2,batch_sched_delay=0,sched_min_interval=0
MaxArraySize=11
ReturnToService=2
KillWait=5
MinJobAge=300
SlurmdTimeout=60
MpiDefault=none
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=1
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=1
PartitionName=main Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
CONF
    echo "CgroupPlugin=cgroup/v1" > "$folder/cgroup.conf"
    export SLURM_CONF=$folder/slurm.conf
    munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
        --log-file="$folder/munged.log" --seed-file="$folder/munged.seed" || return 1
    slurmctld -c || return 1
    slurmd -N n1 && slurmd -N n2 || return 1
    for _ in $(seq 60); do
        [ "$(sinfo --noheader --Node --format=%T 2> /dev/null | grep -c '^idle')" = 2 ] && return 0
        sleep 0.5
    done
    sinfo --Node
    tail -n 20 "$folder"/*.log
    return 1
}

# Ends what slurm_start began, by the numbers that it wrote down, and waits until it has: the scheduler saves its state at the end.
slurm_stop() {
    local folder=$1 file pid numbers=()
    for file in "$folder"/slurmd-n1.pid "$folder"/slurmd-n2.pid "$folder/slurmctld.pid" "$folder/munged.pid"; do
        [ -s "$file" ] && numbers+=("$(cat "$file")")
    done
    for pid in "${numbers[@]}"; do
        kill "$pid" 2> /dev/null
    done
    for _ in $(seq 100); do
        kill -0 "${numbers[@]}" 2> /dev/null || return 0
        sleep 0.1
    done
    return 0
}
